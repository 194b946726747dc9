/**
 * A TLS service that behaves like production, with faults to switch on; small servers and clients for tests; and the
 * demo that attaches tlscope to the living service. Everything listens on and talks to the loopback address alone.
 */
package dev.tlscope.demo;
