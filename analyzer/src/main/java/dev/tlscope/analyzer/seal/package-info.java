/** Opens captures that were encrypted for the owner of a certificate: dev.tlscope.seal writes them. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.seal;
