/** Parses the options of a command line, and reports the errors in them. */
package dev.tlscope.demo.cli;
