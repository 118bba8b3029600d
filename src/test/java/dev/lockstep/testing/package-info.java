/** Real components that tests start, and what tests share. */
@NullMarked
package dev.lockstep.testing;

import org.jspecify.annotations.NullMarked;
