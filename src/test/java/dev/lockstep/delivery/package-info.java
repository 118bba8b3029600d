/** Programs read secrets from the shipped application, over HTTP, while credentials rotate on a real database. */
@NullMarked
package dev.lockstep.delivery;

import org.jspecify.annotations.NullMarked;
