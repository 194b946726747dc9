/**
 * A TLS service that behaves like production, with clients and with faults to switch on ({@link
 * dev.tlscope.demo.DemoService}); and the demo that attaches tlscope to it while it runs ({@link
 * dev.tlscope.demo.DemoRun}). All connections use the loopback address.
 */
package dev.tlscope.demo;
