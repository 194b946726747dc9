/**
 * Reads what key stores and PEM files contain: PKCS #12, JKS, JCEKS, BCFKS, PEM (RFC 7468) and Kubernetes secrets. Private keys are
 * read to compare them, and never written.
 */
@NullMarked
package dev.tlscope.analyzer.store;

import org.jspecify.annotations.NullMarked;
