/** Reports of leaks and of unusual use come in here and become one shape. */
@NullMarked
package dev.lockstep.signal;

import org.jspecify.annotations.NullMarked;
