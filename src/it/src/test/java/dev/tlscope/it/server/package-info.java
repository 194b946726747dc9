/** Other people's servers and clients with the agent in them. */
package dev.tlscope.it.server;
