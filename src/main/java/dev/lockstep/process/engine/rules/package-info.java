/** What a process, decision or form must keep to before the engine takes it. */
@NullMarked
package dev.lockstep.process.engine.rules;

import org.jspecify.annotations.NullMarked;
