/** The offline commands, their errors, and their handling of damaged or hostile captures. */
package dev.tlscope.it.command;
