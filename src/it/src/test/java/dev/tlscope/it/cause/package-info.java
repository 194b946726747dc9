/**
 * The findings of explain for failures: those of the cells, of faulty networks and cryptography, and of peers that are
 * not JSSE.
 */
package dev.tlscope.it.cause;
