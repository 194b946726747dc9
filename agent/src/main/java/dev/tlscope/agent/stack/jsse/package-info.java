/** JSSE, the JDK's own TLS. Each class of Taps declares the hooks that it handles. */
package dev.tlscope.agent.stack.jsse;
