/** How decision tables are evaluated. */
@NullMarked
package dev.lockstep.process.engine.decision;

import org.jspecify.annotations.NullMarked;
