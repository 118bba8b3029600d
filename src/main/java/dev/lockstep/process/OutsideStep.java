package dev.lockstep.process;

/**
 * Marks a delegate that changes or asks a system outside the engine's transaction. The deployment rules demand a
 * durable point before it and a retry rule on it.
 */
public interface OutsideStep {}
