/**
 * Facts about one handshake that several causes need: what was offered, which policy entry applies, which certificate
 * lacks its issuer, whether a record's MAC verifies. No class here names a cause.
 */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.evidence;
