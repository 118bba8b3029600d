package dev.lockstep.observe;

import dev.lockstep.port.Attempts;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;

/** One bean that is several ports at once, as a ledger may be. */
interface FakeLedgerPorts extends Operations, Attempts, Dispatch, Inventory {}
