/** Work on several threads. */
@org.jspecify.annotations.NullMarked
package dev.tlscope.analyzer.work;
