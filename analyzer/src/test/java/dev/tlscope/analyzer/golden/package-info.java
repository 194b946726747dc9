/** Golden captures of every cause, explained in process and compared with the findings in the files beside them. */
package dev.tlscope.analyzer.golden;
