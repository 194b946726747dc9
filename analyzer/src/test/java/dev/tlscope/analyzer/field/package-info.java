/** Captures of public reports, held against what is right to say of each; and the page that is made of them. */
package dev.tlscope.analyzer.field;
