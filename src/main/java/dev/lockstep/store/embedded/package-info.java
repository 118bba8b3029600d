/** The secret store in Lockstep's own database: envelope encryption under a key-encryption key held outside of it. */
@NullMarked
package dev.lockstep.store.embedded;

import org.jspecify.annotations.NullMarked;
