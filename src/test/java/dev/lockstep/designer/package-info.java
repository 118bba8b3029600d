/** Walks of a process designer through the whole application. */
@NullMarked
package dev.lockstep.designer;

import org.jspecify.annotations.NullMarked;
