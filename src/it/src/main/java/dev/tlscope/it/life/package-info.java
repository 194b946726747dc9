/** The agent's life in the target: how it attaches, detaches, ends with the JVM, rotates files, and leaves the application as it was. */
package dev.tlscope.it.life;
