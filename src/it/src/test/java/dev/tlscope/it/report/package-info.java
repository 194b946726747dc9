/** The page that report writes, in a browser. */
package dev.tlscope.it.report;
