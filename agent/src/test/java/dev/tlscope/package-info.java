/** Rules for all modules that go into tlscope.jar: the packages that each package may use. */
package dev.tlscope;
