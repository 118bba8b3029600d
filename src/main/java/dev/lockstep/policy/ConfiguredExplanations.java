package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.PolicyExplanations;
import java.util.List;
import java.util.Optional;

/** Explains policies by what the files in force say. */
final class ConfiguredExplanations implements PolicyExplanations {

    private final LiveCatalog catalog;
    private final Schemas schemas = new Schemas();

    ConfiguredExplanations(LiveCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Explanation> explain(CredentialName name) {
        Snapshot now = catalog.snapshot();
        boolean configured = now.credentials().containsKey(name);
        return Optional.ofNullable(now.credentials().get(name))
                .or(() -> catalog.credential(name))
                .map(credential -> explain(now, credential, configured));
    }

    private Explanation explain(Snapshot now, Credential credential, boolean configured) {
        String policy = credential.policy().name();
        Traits traits = Traits.of(credential);
        Optional<Place> named = Optional.ofNullable(now.origins().named().get(credential.name()));
        Optional<PolicyRule> winner = configured && named.isEmpty()
                ? now.rules().best(traits).stream().findFirst()
                : Optional.empty();
        String why = winner.map(rule -> "it is the policy of the most specific rule that takes the credential")
                .orElse(
                        configured
                                ? "the credential names it, which goes before every rule"
                                : "it was chosen when the credential was issued");
        List<Candidate> candidates = now.rules().rules().stream()
                .map(rule -> candidate(rule, traits, winner, why))
                .toList();
        return new Explanation(
                policy,
                why,
                named.or(() -> winner.map(rule -> rule.node().place())).map(EffectiveFields::origin),
                candidates,
                Optional.ofNullable(now.origins().policies().get(policy))
                        .map(document -> EffectiveFields.of(document, schemas))
                        .orElse(List.of()));
    }

    private static Candidate candidate(PolicyRule rule, Traits traits, Optional<PolicyRule> winner, String instead) {
        List<Condition> conditions = rule.conditions().stream()
                .map(condition -> new Condition(
                        condition.field(), condition.wanted(), traits.of(condition.field()), condition.holds(traits)))
                .toList();
        Verdict verdict = verdict(rule, traits, winner);
        String why = switch (verdict) {
            case WON -> "takes the credential, and no other rule asks more";
            case LOST ->
                winner.map(won -> won.policy().equals(rule.policy())
                                ? "takes the credential too, for the same policy"
                                : "takes the credential too, but asks less than the one that won")
                        .orElse("takes the credential, but: " + instead);
            case DOES_NOT_MATCH -> "does not take the credential";
        };
        return new Candidate(rule.policy(), EffectiveFields.origin(rule.node().place()), conditions, verdict, why);
    }

    private static Verdict verdict(PolicyRule rule, Traits traits, Optional<PolicyRule> winner) {
        if (winner.filter(rule::equals).isPresent()) {
            return Verdict.WON;
        }
        return rule.takes(traits) ? Verdict.LOST : Verdict.DOES_NOT_MATCH;
    }
}
