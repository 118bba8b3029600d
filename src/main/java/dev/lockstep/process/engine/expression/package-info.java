/** What an expression may do: the beans it may call, the guard in front of its evaluation, expressions in queries. */
@NullMarked
package dev.lockstep.process.engine.expression;

import org.jspecify.annotations.NullMarked;
