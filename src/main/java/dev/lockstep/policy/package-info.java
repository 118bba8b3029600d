/** When a credential is due, how it is rotated, and whether its rules are strong enough; reads the configuration. */
@NullMarked
package dev.lockstep.policy;

import org.jspecify.annotations.NullMarked;
