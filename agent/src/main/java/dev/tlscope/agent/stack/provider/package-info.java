/**
 * TLS of any JCA provider or library, by the public API that it implements: SSLEngine and SSLSocket. Its classes are in the
 * application's class loaders.
 */
package dev.tlscope.agent.stack.provider;
