@NullMarked
package dev.lockstep.outbound;

import org.jspecify.annotations.NullMarked;
