/** Golden captures of every cause, explained in process and compared with the findings that stand beside them. */
package dev.tlscope.analyzer.golden;
