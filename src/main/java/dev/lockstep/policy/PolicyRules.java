package dev.lockstep.policy;

import java.util.Comparator;
import java.util.List;

/** The rules of all policies, the most specific first. Immutable. */
record PolicyRules(List<PolicyRule> rules) {

    static final PolicyRules NONE = new PolicyRules(List.of());

    PolicyRules {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(PolicyRule::specificity).reversed())
                .toList();
    }

    /** The rules that take the credential and of which none is more specific; several when they tie. */
    List<PolicyRule> best(Traits credential) {
        List<PolicyRule> taking =
                rules.stream().filter(rule -> rule.takes(credential)).toList();
        return taking.stream()
                .takeWhile(rule -> rule.specificity() == taking.get(0).specificity())
                .toList();
    }
}
