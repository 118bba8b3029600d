/** Messages go out: from the outbox, through the channels, until they have arrived. */
@NullMarked
package dev.lockstep.notify;

import org.jspecify.annotations.NullMarked;
