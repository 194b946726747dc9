/**
 * The numbers of TLS that all modules share: alerts, handshake and extension types, content types, the labels of
 * key logs.
 */
package dev.tlscope.tls;
