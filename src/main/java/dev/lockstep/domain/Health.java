package dev.lockstep.domain;

/**
 * Whether a store or target can be used.
 *
 * @param up whether it answered and let Lockstep in
 * @param detail one sentence for people; no secret
 */
public record Health(boolean up, String detail) {}
