/** Consumers whose pods are restarted. */
@NullMarked
package dev.lockstep.notify.kubernetes;

import org.jspecify.annotations.NullMarked;
