/**
 * TLS connections over SSLSocket and SSLEngine, the configuration of clients and servers, and the HTTP that they need.
 */
package dev.tlscope.demo.tls;
