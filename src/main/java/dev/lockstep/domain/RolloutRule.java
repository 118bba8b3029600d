package dev.lockstep.domain;

import java.util.Optional;

/**
 * When a new version has failed so much more often than the former one that the former takes over again by itself.
 *
 * @param minimumSample so many runs of the new version must have ended or failed before they are compared
 * @param tolerance by how many percentage points the new version may fail more often
 */
public record RolloutRule(int minimumSample, int tolerance) {

    /** What holds when nobody says anything else. */
    public static final RolloutRule USUAL = new RolloutRule(5, 5);

    public RolloutRule {
        if (minimumSample < 1 || minimumSample > 10_000) {
            throw new InvalidInput("minimumSample", "a minimum sample is 1 to 10000 runs");
        }
        if (tolerance < 0 || tolerance > 100) {
            throw new InvalidInput("tolerance", "a tolerance is 0 to 100 percentage points");
        }
    }

    /**
     * How the runs of a version went.
     *
     * @param judged runs that have ended, or that have failed although they go on
     * @param failed those of them that failed
     */
    public record Tally(int judged, int failed) {

        /** Nothing has run yet. */
        public static final Tally NONE = new Tally(0, 0);

        public Tally {
            if (failed < 0 || failed > judged) {
                throw new IllegalArgumentException("of " + judged + " runs " + failed + " failed");
            }
        }

        /** Failed runs in percent; 0 when nothing has run. */
        public double failureRate() {
            return judged == 0 ? 0 : 100.0 * failed / judged;
        }

        @Override
        public String toString() {
            return "%d of %d runs failed (%.0f%%)".formatted(failed, judged, failureRate());
        }
    }

    /**
     * The reason to return to the former version; empty when there is none. A former version without runs never fails.
     */
    public Optional<String> reasonToReturn(Tally fresh, Tally former) {
        boolean enough = fresh.judged() >= minimumSample;
        boolean worse = fresh.failureRate() > former.failureRate() + tolerance;
        return enough && worse
                ? Optional.of("of the new version " + fresh + ", of the former one " + former)
                : Optional.empty();
    }
}
