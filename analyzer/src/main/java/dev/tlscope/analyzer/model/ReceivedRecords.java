package dev.tlscope.analyzer.model;

import org.jspecify.annotations.Nullable;

/**
 * The first bytes of two received records; null when nothing was received.
 *
 * @param first start of the first record, at most 64 bytes
 * @param last start of the last record before the failure
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedRecords(byte @Nullable [] first, byte @Nullable [] last) {}
