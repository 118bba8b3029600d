/** The demo: a real PostgreSQL with a dozen accounts that Lockstep rotates. Not part of the packaged jar. */
@NullMarked
package dev.lockstep.demo;

import org.jspecify.annotations.NullMarked;
