/** Drives a model step by step in an engine of its own and records the path it takes. */
@NullMarked
package dev.lockstep.process.dryrun;

import org.jspecify.annotations.NullMarked;
