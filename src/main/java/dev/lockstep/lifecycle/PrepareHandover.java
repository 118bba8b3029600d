package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Collects what the owner of a new credential has to be told: where applications read it, never its value. */
@Component
public class PrepareHandover {

    private final Workbench workbench;
    private final Inventory inventory;
    private final Clock clock;

    PrepareHandover(Workbench workbench, Inventory inventory, Clock clock) {
        this.workbench = workbench;
        this.inventory = inventory;
        this.clock = clock;
    }

    /** Reads only. */
    public Handover run(long operationId) {
        Work work = workbench.of(operationId);
        Credential credential = work.credential();
        Optional<Instant> end =
                inventory.find(credential.name()).flatMap(entry -> Optional.ofNullable(entry.expiresAt()));
        boolean asked =
                credential.policy().issuance().filter(Policy.Issuance::handover).isPresent();
        return new Handover(credential, asked, within(credential.policy(), end), end);
    }

    /** A task must not keep a credential from expiring. */
    private Duration within(Policy policy, Optional<Instant> end) {
        Duration deadline = policy.escalation().deadline();
        return end.map(moment -> Duration.between(clock.instant(), moment))
                .filter(life -> life.compareTo(deadline) < 0)
                .map(life -> life.isNegative() ? Duration.ZERO : life)
                .orElse(deadline);
    }

    /**
     * What is handed over.
     *
     * @param asked whether a human has to tell the owner
     * @param within how long the human has; the credential is in use already
     * @param expiresAt empty when it lives until somebody ends it
     */
    public record Handover(Credential credential, boolean asked, Duration within, Optional<Instant> expiresAt) {}
}
