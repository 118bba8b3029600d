/** Notices by mail. */
@NullMarked
package dev.lockstep.notify.email;

import org.jspecify.annotations.NullMarked;
