/** The tamper-evident trail: append, seal, checkpoint, verify. */
@NullMarked
package dev.lockstep.audit;

import org.jspecify.annotations.NullMarked;
