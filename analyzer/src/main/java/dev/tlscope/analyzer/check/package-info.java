/** Checks what key stores and PEM files contain, before a handshake fails for it. */
@NullMarked
package dev.tlscope.analyzer.check;

import org.jspecify.annotations.NullMarked;
