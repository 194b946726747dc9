/** A private PKI, good certificates and bad ones, made in memory and kept in files. */
package dev.tlscope.demo.pki;
