/** The offline commands, their errors, and what they do with damaged or hostile captures. */
package dev.tlscope.it.command;
