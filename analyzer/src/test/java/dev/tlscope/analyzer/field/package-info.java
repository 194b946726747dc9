/** Captures of public reports, compared with the right answers, and the page that is generated from them. */
package dev.tlscope.analyzer.field;
