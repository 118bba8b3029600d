package dev.lockstep.domain;

import java.time.Instant;

/**
 * One fenced try of a step, durable before the step touches the outside.
 *
 * @param id ledger number
 * @param operation the operation it belongs to
 * @param credential the operation's credential
 * @param round the operation's round at the time
 * @param step which step
 * @param number counts the tries of this step in this round from 1, those that never reported back included
 * @param fence grows with every attempt of the operation; a write with an older fence is refused
 * @param deadline when the outside call will have ended one way or the other
 */
public record Attempt(
        long id,
        long operation,
        CredentialName credential,
        int round,
        Step step,
        int number,
        int fence,
        Instant deadline) {}
