/** Reports of leaks that other systems send by themselves, each checked by its signature. */
@NullMarked
package dev.lockstep.signal.webhook;

import org.jspecify.annotations.NullMarked;
