/** The benchmark: measures the shipped application, and is no part of the tests. */
@NullMarked
package dev.lockstep.bench;

import org.jspecify.annotations.NullMarked;
