/** The engine, all of it: delegates, dispatch, settings, hardening and deployment rules. */
@NullMarked
package dev.lockstep.process;

import org.jspecify.annotations.NullMarked;
