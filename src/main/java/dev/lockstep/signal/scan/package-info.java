/** Reports of secret scanners, read as a stream. */
@NullMarked
package dev.lockstep.signal.scan;

import org.jspecify.annotations.NullMarked;
