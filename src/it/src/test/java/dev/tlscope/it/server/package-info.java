/** Third-party servers and clients with the agent in their JVMs. */
package dev.tlscope.it.server;
