package dev.lockstep.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How often, by which strategy and with what secret a credential is rotated, and how it may fail.
 *
 * @param name as written in the configuration
 * @param schedule when it is due
 * @param strategy how the new secret takes the place of the old
 * @param secret what the secret must look like
 * @param grace how long the previous version stays valid
 * @param retries how often a step is tried
 * @param failure what happens after a rotation was undone
 * @param escalation who is asked
 * @param approval who must agree beforehand; empty when nobody has to
 * @param issuance how new credentials are made; empty when the policy allows none
 * @param decommission how the life of a credential ends
 * @param canary which consumers use the new version before the others; empty when all move at once
 * @param process the process that rotates instead of the shipped one; empty for the shipped one
 * @param timing what moves a rotation away from the time that the schedule says
 * @param verification how a new secret is proven
 */
public record Policy(
        String name,
        Schedule schedule,
        Strategy strategy,
        SecretRules secret,
        Grace grace,
        Retries retries,
        Failure failure,
        Escalation escalation,
        Optional<Approval> approval,
        Optional<Issuance> issuance,
        Decommission decommission,
        Optional<Canary> canary,
        Optional<ProcessPin> process,
        Timing timing,
        Verification verification) {

    /** A policy that allows no issuance, has no canary, rotates at any time, and leaves the process to Lockstep. */
    public Policy(
            String name,
            Schedule schedule,
            Strategy strategy,
            SecretRules secret,
            Grace grace,
            Retries retries,
            Failure failure,
            Escalation escalation,
            Optional<Approval> approval) {
        this(
                name,
                schedule,
                strategy,
                secret,
                grace,
                retries,
                failure,
                escalation,
                approval,
                Optional.empty(),
                Decommission.STANDARD,
                Optional.empty(),
                Optional.empty(),
                Timing.ANY,
                Verification.STANDARD);
    }

    /** How many more attempts the patience of the verification may take than {@code retries} says. */
    public int patientAttempts() {
        Duration passed = Duration.ZERO;
        int more = 0;
        while (passed.compareTo(verification.patience()) < 0 && more < Verification.MOST_LOGINS) {
            more++;
            passed = passed.plus(retries.backoffAfter(more));
        }
        return more;
    }

    /**
     * How long consumers may take to move.
     *
     * @param atLeast the previous version is not retired before, even when all have moved
     * @param atMost zero means that the previous version is retired at once
     * @param laggards what happens to consumers that have not moved by then
     */
    public record Grace(Duration atLeast, Duration atMost, Laggards laggards) {

        /** A grace that is over as soon as all have moved. */
        public Grace(Duration atMost, Laggards laggards) {
            this(Duration.ZERO, atMost, laggards);
        }
    }

    /**
     * How a new secret is proven.
     *
     * @param depth what it has to be able to do
     * @param times how many logins in a row have to succeed
     * @param patience how long one that is refused is tried again, however many attempts that takes
     */
    public record Verification(Depth depth, int times, Duration patience) {

        /** More wrong logins than that would look like an attack. */
        public static final int MOST_LOGINS = 100;

        /** For a policy that says nothing about it. */
        public static final Verification STANDARD = new Verification(Depth.PROBE, 1, Duration.ZERO);
    }

    /** What a secret that works is able to do. */
    public enum Depth {
        /** It logs in. */
        LOGIN,
        /** It logs in and passes the permission probe. */
        PROBE
    }

    /** What to do about consumers that have not moved when the grace is over. */
    public enum Laggards {
        /** The previous version stays valid and a human decides. */
        WAIT_AND_ESCALATE,
        /** The previous version is retired all the same. */
        RETIRE_ANYWAY
    }

    /**
     * How often and how patiently a step is tried.
     *
     * @param attempts how often a step is begun in all, at least 1
     * @param backoff the wait before the second, third, … attempt; the last one repeats
     * @param newSecretAfter after so many refusals of the same candidate by the target a new one is made
     */
    public record Retries(int attempts, List<Duration> backoff, int newSecretAfter) {
        public Retries {
            backoff = List.copyOf(backoff);
            if (attempts < 1 || backoff.isEmpty() || newSecretAfter < 1) {
                throw new IllegalArgumentException("at least one attempt, one back-off and one refusal");
            }
        }

        /** The wait after the given failed attempt, counted from 1. */
        public Duration backoffAfter(int attempt) {
            return backoff.get(Math.min(Math.max(attempt, 1), backoff.size()) - 1);
        }
    }

    /**
     * What happens after a rotation was undone.
     *
     * @param laterTimes how often the whole rotation is tried again by itself before a human is asked
     * @param laterAfter the wait before each of these
     * @param repairDrift whether a secret that was changed outside is put right by a rotation without asking anybody
     */
    public record Failure(int laterTimes, Duration laterAfter, boolean repairDrift) {

        public Failure(int laterTimes, Duration laterAfter) {
            this(laterTimes, laterAfter, false);
        }
    }

    /**
     * Who is asked when automation cannot go on.
     *
     * @param group the group whose members get the task
     * @param deadline how long they have
     * @param remind how long before the deadline they are reminded; empty leaves it to Lockstep
     * @param then who is asked besides when the deadline has passed; empty when nobody is
     */
    public record Escalation(String group, Duration deadline, Optional<Duration> remind, Optional<SecondLevel> then) {

        public Escalation(String group, Duration deadline) {
            this(group, deadline, Optional.empty(), Optional.empty());
        }
    }

    /**
     * Who is asked besides when the first have not done it in time.
     *
     * @param group the group whose members can do the task from then on too
     * @param deadline how long they have from then on
     */
    public record SecondLevel(String group, Duration deadline) {}

    /**
     * Who must agree beforehand.
     *
     * @param group the group whose members may approve
     * @param deadline after which the rotation is not done
     */
    public record Approval(String group, Duration deadline) {}

    /**
     * How new credentials are made.
     *
     * @param grants what a new account may do
     * @param environments where they may be made; empty for everywhere
     * @param longest the longest life, so that each must have an end; empty when it need not
     * @param handover whether somebody is asked to tell the owner where applications read the credential
     */
    public record Issuance(Grants grants, Set<String> environments, Optional<Duration> longest, boolean handover) {
        public Issuance {
            environments = Set.copyOf(environments);
        }
    }

    /**
     * How the life of a credential ends.
     *
     * @param quarantine how long an account stays disabled before it is removed
     * @param asks when somebody must agree beforehand
     * @param heir the account at the target that gets what a removed one owns; empty when nothing may be owned
     */
    public record Decommission(Duration quarantine, Asks asks, Optional<String> heir) {

        /** For a policy that says nothing about it. */
        public static final Decommission STANDARD =
                new Decommission(Duration.ofDays(7), Asks.UNLESS_EXPIRED, Optional.empty());
    }

    /** When somebody must agree to a decommission. */
    public enum Asks {
        ALWAYS,
        /** Nobody is asked about a credential whose end was known from the beginning. */
        UNLESS_EXPIRED,
        NEVER
    }
}
