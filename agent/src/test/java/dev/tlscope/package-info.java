/** What holds over all modules that go into tlscope.jar: which package sees which. */
package dev.tlscope;
