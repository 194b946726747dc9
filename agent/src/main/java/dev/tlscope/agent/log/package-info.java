/** The application's own log, found by the classes that the application has loaded, and a file of ours where there is none. */
package dev.tlscope.agent.log;
