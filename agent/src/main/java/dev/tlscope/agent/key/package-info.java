/** Compares each private key with its certificate, on the writer's thread. */
package dev.tlscope.agent.key;
