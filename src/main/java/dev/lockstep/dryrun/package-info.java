/** Tries models out against a simulated world: an application of its own, which shares nothing with the real one. */
@NullMarked
package dev.lockstep.dryrun;

import org.jspecify.annotations.NullMarked;
