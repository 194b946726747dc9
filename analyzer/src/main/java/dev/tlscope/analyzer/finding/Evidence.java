package dev.tlscope.analyzer.finding;

/**
 * One captured fact that a finding rests on.
 *
 * @param what what it is, in a few words
 * @param value as it was
 */
public record Evidence(String what, String value) {}
