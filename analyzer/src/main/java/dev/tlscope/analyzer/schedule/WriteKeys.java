package dev.tlscope.analyzer.schedule;

/**
 * The keys with which one side writes in one epoch.
 *
 * @param macKey empty for AEAD
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WriteKeys(byte[] key, byte[] iv, byte[] macKey) {}
