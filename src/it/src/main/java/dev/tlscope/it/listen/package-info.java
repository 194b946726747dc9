/** The application of the tests of log, JFR and JMX. */
package dev.tlscope.it.listen;
