package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the policy of a credential: the one it names, or else that of the most specific rule that takes it. */
final class PolicyChoice {

    private final PolicyRules rules;
    private final Set<String> policies;
    private final boolean allSound;
    private final Problems problems;

    /**
     * @param policies names of the policies, also of refused ones
     * @param allSound whether all policies were accepted, so that a rule cannot be missing because of another mistake
     */
    PolicyChoice(PolicyRules rules, Set<String> policies, boolean allSound, Problems problems) {
        this.rules = rules;
        this.policies = policies;
        this.allSound = allSound;
        this.problems = problems;
    }

    /** The name of the policy; empty when there is none or it is refused. */
    Optional<String> of(Fields credential, Optional<CredentialName> name) {
        Optional<Node> named = credential.at("policy");
        if (named.isPresent()) {
            return named.get().text().filter(policy -> known(named.get(), policy));
        }
        return name.flatMap(known -> byRule(credential, known));
    }

    private boolean known(Node node, String policy) {
        if (!policies.contains(policy)) {
            problems.add(node, "there is no policy " + Echo.of(node), Suggestion.of(policy, policies));
        }
        return policies.contains(policy);
    }

    private Optional<String> byRule(Fields credential, CredentialName name) {
        List<PolicyRule> best = rules.best(Traits.of(
                name,
                credential.text("owner").orElse(""),
                credential.text("class").orElse(""),
                credential.text("target").orElse(""),
                credential.at("labels").map(Settings::texts).orElse(Map.of())));
        if (best.isEmpty() && allSound) {
            problems.add(
                    credential.document().key(),
                    credential.document().child("policy"),
                    "is missing",
                    "no rule of a policy takes it: name a policy, or write applies-to in one; known: "
                            + String.join(", ", policies));
        }
        Optional<PolicyRule> other = best.stream()
                .filter(rule -> !rule.policy().equals(best.get(0).policy()))
                .findFirst();
        other.ifPresent(rule -> tie(best.get(0), rule, credential, name));
        return other.isPresent() ? Optional.empty() : best.stream().findFirst().map(PolicyRule::policy);
    }

    private void tie(PolicyRule one, PolicyRule other, Fields credential, CredentialName name) {
        problems.add(
                other.node(),
                "takes " + name + " (" + credential.document().place()
                        + ") no more and no less than the rule of the policy " + one.policy() + " at "
                        + one.node().place(),
                "add a condition to one of the two rules, or name the policy in the credential");
    }
}
