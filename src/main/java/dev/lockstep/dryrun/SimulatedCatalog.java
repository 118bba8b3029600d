package dev.lockstep.dryrun;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Timing;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.DryRuns;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A configuration with the one credential that a model is tried out for. */
record SimulatedCatalog(Credential only) implements Catalog {

    static final CredentialName NAME = CredentialName.of("test/dry-run/simulated/app");
    static final String MIRROR = "mirror";

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Duration DAY = Duration.ofDays(1);

    /** @param initial reference to the secret that is in use before */
    static SimulatedCatalog of(DryRuns.Situation situation, String initial) {
        Policy policy = new Policy(
                "dry-run",
                new Schedule.OnDemand(),
                situation.strategy(),
                new SecretRules.Password(32, ALPHABET, Set.of(), 100),
                new Policy.Grace(situation.grace(), Policy.Laggards.WAIT_AND_ESCALATE),
                new Policy.Retries(situation.attempts(), List.of(Duration.ofSeconds(5)), 2),
                new Policy.Failure(situation.retriesLater(), Duration.ofHours(1)),
                new Policy.Escalation("operators", DAY),
                situation.approval() ? Optional.of(new Policy.Approval("approvers", DAY)) : Optional.empty(),
                Optional.of(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), true)),
                Policy.Decommission.STANDARD,
                Optional.empty(),
                Optional.empty(),
                Timing.ANY,
                Policy.Verification.STANDARD);
        return new SimulatedCatalog(new Credential(
                NAME,
                "dry-run",
                "database-user",
                "simulated",
                "main",
                List.of(MIRROR),
                situation.strategy() == Strategy.ALTERNATING ? List.of("app_a", "app_b") : List.of("app"),
                Map.of(),
                policy,
                situation.consumers().keySet().stream()
                        .sorted()
                        .map(Consumer::named)
                        .toList(),
                Map.of(),
                Optional.of(initial)));
    }

    /** The credential as somebody asks for it who does not have it yet. */
    Definition wanted() {
        return new Definition(
                only.name(),
                only.owner(),
                only.kind(),
                only.target(),
                only.store(),
                only.mirrors(),
                only.policy().name(),
                only.principals(),
                only.settings(),
                only.consumers().stream().map(Consumer::name).toList(),
                only.labels(),
                Optional.empty());
    }

    @Override
    public Optional<Credential> credential(CredentialName name) {
        return Optional.of(only).filter(credential -> credential.name().equals(name));
    }

    @Override
    public Collection<Credential> credentials() {
        return List.of(only);
    }

    @Override
    public Collection<Credential> relatives(Credential leaked) {
        return credentials();
    }

    @Override
    public Collection<Credential> configured() {
        return credentials();
    }

    @Override
    public boolean configured(CredentialName name) {
        return credential(name).isPresent();
    }

    @Override
    public Collection<Policy> policies() {
        return List.of(only.policy());
    }

    @Override
    public Collection<Endpoint> targets() {
        return List.of();
    }

    @Override
    public Collection<Endpoint> stores() {
        return List.of();
    }
}
