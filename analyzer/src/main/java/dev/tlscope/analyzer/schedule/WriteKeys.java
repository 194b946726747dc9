package dev.tlscope.analyzer.schedule;

/**
 * What one side writes with in one epoch.
 *
 * @param macKey empty for AEAD
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record WriteKeys(byte[] key, byte[] iv, byte[] macKey) {}
