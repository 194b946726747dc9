/** Programs for the tests of the agent's life in the target: attach, detach, the JVM's exit, rotation of files. */
package dev.tlscope.it.life;
