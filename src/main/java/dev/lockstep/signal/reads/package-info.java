/** Reads of secrets are looked at, and what is unusual about them becomes a signal. */
@NullMarked
package dev.lockstep.signal.reads;

import org.jspecify.annotations.NullMarked;
