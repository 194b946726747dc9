/** Reads the objects of JSSE, and the exceptions that it throws. The names of JSSE's fields are here and in {@code setup}. */
package dev.tlscope.agent.stack.jsse.field;
