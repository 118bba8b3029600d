/** What a person sees, in a real browser. */
@NullMarked
package dev.lockstep.browser;

import org.jspecify.annotations.NullMarked;
