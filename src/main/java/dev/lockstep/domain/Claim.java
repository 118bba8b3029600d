package dev.lockstep.domain;

/**
 * A worker's right to run an operation up to its first wait state.
 *
 * @param operation the operation, as it was claimed
 * @param token grows with every claim; binding or postponing with an older token is refused
 * @param lostRuns how many earlier claims were never heard of again
 * @param runs how many claims led to a run, this one included; those that were handed back untried do not count
 */
public record Claim(Operation operation, int token, int lostRuns, int runs) {}
