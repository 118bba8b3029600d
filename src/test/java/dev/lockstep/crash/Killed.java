package dev.lockstep.crash;

/**
 * Stands for the death of a worker within this process. No part of Lockstep catches it: it rolls back every open
 * transaction on its way, leaves claim and attempt as they are, and from then on {@link Fault} lets the dead worker
 * make no further call through a port.
 */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed() {
        super("the worker is dead", null, false, false);
    }
}
