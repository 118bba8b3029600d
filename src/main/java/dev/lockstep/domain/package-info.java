/** The words of the house: credentials, versions, operations, policies and the failures they may meet. */
@NullMarked
package dev.lockstep.domain;

import org.jspecify.annotations.NullMarked;
