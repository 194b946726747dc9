/** The classes with which this JVM does TLS: where they are from, and how much of their connections is captured. */
package dev.tlscope.agent.inventory;
