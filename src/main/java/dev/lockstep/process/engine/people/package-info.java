/** The people, groups, rights and task filters of the engine's web applications. */
@NullMarked
package dev.lockstep.process.engine.people;

import org.jspecify.annotations.NullMarked;
