/** Faults at every call through a port, and what must hold afterwards. */
@NullMarked
package dev.lockstep.crash;

import org.jspecify.annotations.NullMarked;
