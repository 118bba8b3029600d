package dev.lockstep.dryrun;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.DryRuns.Failing;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lets the steps fail that are planned to, at the first call to a store or target that they make. */
final class Sabotage {

    private final Map<String, Failing> plan;
    private final Map<String, Integer> happened = new HashMap<>();
    private @Nullable String running;

    Sabotage(Map<String, Failing> plan) {
        this.plan = plan;
    }

    /** A step of the model begins; null when it has ended. */
    void step(@Nullable String activity) {
        running = activity;
    }

    /**
     * Throws when the running step is planned to fail now.
     *
     * @param retryable the usual code of a failure that passes
     * @param permanent the usual code of one that does not
     */
    void call(FailureCode retryable, FailureCode permanent) {
        Failing failing = running == null ? null : plan.get(running);
        if (failing == null || running == null) {
            return;
        }
        int before = happened.getOrDefault(running, 0);
        if (failing.times().filter(times -> before >= times).isPresent()) {
            return;
        }
        happened.put(running, before + 1);
        FailureCode code = failing.code().orElse(failing.permanent() ? permanent : retryable);
        String sentence = "planned failure " + (before + 1) + " of '" + running + "'";
        if (failing.permanent()) {
            throw new PermanentException(code, sentence);
        }
        throw new RetryableException(code, sentence);
    }

    /** Planned failures that no call gave a chance. */
    Set<String> unused() {
        Set<String> unused = new TreeSet<>(plan.keySet());
        unused.removeAll(happened.keySet());
        return unused;
    }
}
