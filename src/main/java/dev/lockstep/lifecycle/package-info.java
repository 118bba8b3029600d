/** One class per step of a process: no engine, no driver, no SQL. */
@NullMarked
package dev.lockstep.lifecycle;

import org.jspecify.annotations.NullMarked;
