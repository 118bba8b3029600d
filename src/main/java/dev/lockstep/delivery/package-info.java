/**
 * Applications read secrets here, by the protocol that the clients which they have speak; who reads which version.
 *
 * <p>The routes below {@code /v1} are a servlet of their own and no controllers of {@code web}: verbs, envelope and
 * errors are those of the protocol, and none of what pages and {@code /api/v1} need stands in their way.
 */
@NullMarked
package dev.lockstep.delivery;

import org.jspecify.annotations.NullMarked;
