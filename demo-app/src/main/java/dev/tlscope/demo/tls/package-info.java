/** TLS connections over SSLSocket and SSLEngine, how a client or a server sets them up, and as much HTTP as goes over them. */
package dev.tlscope.demo.tls;
