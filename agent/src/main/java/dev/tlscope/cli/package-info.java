/** The command line of tlscope.jar: list, attach, status, detach and completion. It runs in the user's JVM, never in a target. */
package dev.tlscope.cli;
