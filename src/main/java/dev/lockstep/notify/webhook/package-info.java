/** Notices as signed HTTP requests. */
@NullMarked
package dev.lockstep.notify.webhook;

import org.jspecify.annotations.NullMarked;
