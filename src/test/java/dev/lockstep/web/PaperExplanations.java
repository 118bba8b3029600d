package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.PolicyExplanations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.test.context.TestComponent;

/** Explains each known credential in the same way. */
@TestComponent
class PaperExplanations implements PolicyExplanations {

    private static final Origin HERE = new Origin("config/policies/daily.yaml", 4, 5);

    private final Catalog catalog;

    PaperExplanations(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Optional<Explanation> explain(CredentialName name) {
        return catalog.credential(name)
                .map(credential -> new Explanation(
                        credential.policy().name(),
                        "it is the policy of the most specific rule",
                        Optional.of(HERE),
                        List.of(
                                new Candidate(
                                        "daily",
                                        HERE,
                                        List.of(new Condition(
                                                "environment", List.of("prod", "stage"), Optional.of("prod"), true)),
                                        Verdict.WON,
                                        "asks most"),
                                new Candidate(
                                        "gold",
                                        HERE,
                                        List.of(new Condition("labels.tier", List.of("gold"), Optional.empty(), false)),
                                        Verdict.DOES_NOT_MATCH,
                                        "does not take it")),
                        List.of(
                                new Setting("rotate.every", "P1D", Optional.of(HERE)),
                                new Setting("retries.backoff", List.of("PT5S", "PT30S"), Optional.empty()),
                                new Setting(
                                        "canary.waves",
                                        List.of(Map.of("labels", Map.of("ring", "early"))),
                                        Optional.of(HERE)),
                                new Setting("approval", null, Optional.empty()))));
    }
}
