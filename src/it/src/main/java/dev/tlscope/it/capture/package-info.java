/**
 * Programs that make connections of every version, suite, group and transport, whose captures the tests compare with
 * what went over the wire.
 */
package dev.tlscope.it.capture;
