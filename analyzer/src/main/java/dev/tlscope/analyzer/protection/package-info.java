/** Record protection: checks MACs and tags with the captured keys, and decrypts (RFC 8446, 5; RFC 5246, 6.2.3). */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.protection;
