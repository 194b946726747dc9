/** Failed handshakes as an application's log, JFR and JMX tell of them. */
package dev.tlscope.it.listen;
