/**
 * The events of each connection, held in bounded memory until they are written or dropped. It depends on no TLS stack
 * and does no I/O.
 */
package dev.tlscope.agent.record;
