/** Asks pages and Prometheus servers whether consumers are healthy. */
@NullMarked
package dev.lockstep.probe;

import org.jspecify.annotations.NullMarked;
