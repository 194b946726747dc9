/** The IANA registries of TLS: names of cipher suites, groups, signature schemes, extensions and protocol versions. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.registry;
