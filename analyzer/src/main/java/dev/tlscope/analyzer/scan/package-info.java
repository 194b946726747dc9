/**
 * What a server takes: versions, cipher suites, groups and signature schemes, found by ClientHellos of our own, because JSSE does not
 * offer what a JDK forbids.
 */
package dev.tlscope.analyzer.scan;
