/** Options of a command line, and the errors in them. */
package dev.tlscope.demo.cli;
