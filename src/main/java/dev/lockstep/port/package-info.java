/** Contracts with the outside: stores, targets, the ledger, the audit trail. */
@NullMarked
package dev.lockstep.port;

import org.jspecify.annotations.NullMarked;
