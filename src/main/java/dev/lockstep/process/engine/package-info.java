/** The embedded engine: its schema, settings, hardening, deployment rules and the people it knows. */
@NullMarked
package dev.lockstep.process.engine;

import org.jspecify.annotations.NullMarked;
