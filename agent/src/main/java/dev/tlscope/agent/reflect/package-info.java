/** What the JDK has no ordinary interface for: fields of its objects, its modules, the classes that it has loaded. */
package dev.tlscope.agent.reflect;
