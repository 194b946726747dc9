/** The queue between the application's threads and the one thread that writes, and the capture's files. */
package dev.tlscope.agent.sink;
