/** What people may put into a running process: the declared fields of the form in front of them, nothing else. */
@NullMarked
package dev.lockstep.process.engine.input;

import org.jspecify.annotations.NullMarked;
