/** The table of options, and the out directory. */
package dev.tlscope.agent.config;
