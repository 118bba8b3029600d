/** New passwords and key pairs from a cryptographic random source. */
@NullMarked
package dev.lockstep.generate;

import org.jspecify.annotations.NullMarked;
