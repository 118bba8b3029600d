/** What stands around the code: pictures, container files, monitoring rules. */
@NullMarked
package dev.lockstep.house;

import org.jspecify.annotations.NullMarked;
