/** Fuzz targets: whatever bytes a capture has, a reader refuses them in its own words. */
package dev.tlscope.analyzer.fuzz;
