/** Decorators around ports: redaction, metrics, traces. */
@NullMarked
package dev.lockstep.observe;

import org.jspecify.annotations.NullMarked;
