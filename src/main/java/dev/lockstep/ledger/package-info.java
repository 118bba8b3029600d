/** Tables and SQL: inventory, versions, operations, attempts, consumers. */
@NullMarked
package dev.lockstep.ledger;

import org.jspecify.annotations.NullMarked;
