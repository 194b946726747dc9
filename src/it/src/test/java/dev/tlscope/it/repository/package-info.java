/** Rules for the sources and documents of all modules together. */
package dev.tlscope.it.repository;
