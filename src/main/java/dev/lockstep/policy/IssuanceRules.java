package dev.lockstep.policy;

import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a policy allows a credential to be issued. */
public final class IssuanceRules {

    private IssuanceRules() {}

    /** Why it does not, one sentence each, in the order in which people should read them; empty when it does. */
    public static List<String> objections(Definition definition, Policy policy, Instant now) {
        if (policy.issuance().isEmpty()) {
            return List.of("the policy " + policy.name() + " allows no issuance; it has no field issuance");
        }
        Policy.Issuance issuance = policy.issuance().get();
        List<String> objections = new ArrayList<>();
        String environment = definition.name().environment();
        if (!issuance.environments().isEmpty() && !issuance.environments().contains(environment)) {
            objections.add("the policy " + policy.name() + " does not allow issuance in " + environment + ", only in "
                    + issuance.environments().stream().sorted().toList());
        }
        issuance.longest().ifPresent(longest -> life(definition, longest, now, objections));
        definition
                .expires()
                .map(expiry -> expiry.from(now))
                .filter(end -> !end.isAfter(now))
                .ifPresent(end -> objections.add("its life would have ended at " + end));
        return objections;
    }

    private static void life(Definition definition, Duration longest, Instant now, List<String> objections) {
        if (definition.expires().isEmpty()) {
            objections.add("the policy wants an end of its life, at most " + Durations.words(longest) + " from now");
        } else if (definition.expires().map((Expiry end) -> end.from(now)).get().isAfter(now.plus(longest))) {
            objections.add("the policy allows a life of at most " + Durations.words(longest));
        }
    }
}
