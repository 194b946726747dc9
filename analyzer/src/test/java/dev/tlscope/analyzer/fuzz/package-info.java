/** Fuzz targets: a reader reports any bytes in a capture that it rejects, and never throws. */
package dev.tlscope.analyzer.fuzz;
