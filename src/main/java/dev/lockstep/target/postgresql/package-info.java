/** Passwords of PostgreSQL roles, set as SCRAM verifiers and verified by a real login. */
@NullMarked
package dev.lockstep.target.postgresql;

import org.jspecify.annotations.NullMarked;
