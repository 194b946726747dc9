/** A private PKI with good and bad certificates, generated in memory and kept in files. */
package dev.tlscope.demo.pki;
