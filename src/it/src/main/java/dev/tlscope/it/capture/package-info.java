/**
 * What is captured: programs that make connections of every version, suite, group and transport, and tests that compare the captures with
 * what went over the wire.
 */
package dev.tlscope.it.capture;
