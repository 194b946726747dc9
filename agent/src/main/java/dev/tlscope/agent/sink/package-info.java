/** The queue between the application's threads and the writer's thread, and the capture's files. */
package dev.tlscope.agent.sink;
