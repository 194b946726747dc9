/** Captures that are encrypted for the owner of a certificate while they are written (CMS), without a dependency. */
package dev.tlscope.seal;
