package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what is not as it should be about a credential, and what the policy wants done. */
@Component
public class DescribeDrift {

    private static final Policy.Escalation NOBODY_SAYS = new Policy.Escalation("operators", Duration.ofDays(1));

    private static final Duration ONCE_IN = Duration.ofDays(1);
    private static final int RECENT = 20;

    private final Catalog catalog;
    private final Checks checks;
    private final Operations operations;
    private final Clock clock;

    DescribeDrift(Catalog catalog, Checks checks, Operations operations, Clock clock) {
        this.catalog = catalog;
        this.checks = checks;
        this.operations = operations;
        this.clock = clock;
    }

    /** What follows. */
    public enum Next {
        /** All is well by now, or nobody manages the credential any more. */
        NOTHING,
        /** The policy wants a rotation. */
        REPAIR,
        /** A human decides. */
        ASK
    }

    /** Asks the ledger only. */
    public Drift run(CredentialName name) {
        Optional<Finding> finding = checks.finding(name);
        Optional<Credential> credential = catalog.credential(name);
        Next next = Next.NOTHING;
        if (finding.isPresent() && credential.isPresent()) {
            next = repairs(credential.get(), finding.get()) ? Next.REPAIR : Next.ASK;
        }
        return new Drift(
                next,
                finding,
                credential.map(known -> known.policy().escalation()).orElse(NOBODY_SAYS));
    }

    /** Whatever changes the secret again and again is a human's business, and so is what a rotation does not cure. */
    private boolean repairs(Credential credential, Finding finding) {
        Instant lately = clock.instant().minus(ONCE_IN);
        return credential.policy().failure().repairDrift()
                && finding.code() == FailureCode.DRIFT
                && operations.history(credential.name(), RECENT).stream()
                        .noneMatch(operation -> operation.requestedBy().equals(RepairDrift.WHO)
                                && operation.queuedAt().isAfter(lately));
    }

    /** @param escalation who is asked, and how long they have */
    public record Drift(Next next, Optional<Finding> finding, Policy.Escalation escalation) {}
}
