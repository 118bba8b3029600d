/** Connections to addresses that somebody has configured, each checked at the moment it is made. */
@NullMarked
package dev.lockstep.outbound;

import org.jspecify.annotations.NullMarked;
