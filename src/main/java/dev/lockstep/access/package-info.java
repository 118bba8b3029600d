/** Who may do what: local users, roles, the login of every surface. */
@NullMarked
package dev.lockstep.access;

import org.jspecify.annotations.NullMarked;
