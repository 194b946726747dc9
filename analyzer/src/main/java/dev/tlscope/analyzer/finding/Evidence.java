package dev.tlscope.analyzer.finding;

/**
 * A captured fact that supports a finding.
 *
 * @param what name of the fact, in a few words
 * @param value the captured value
 */
public record Evidence(String what, String value) {}
