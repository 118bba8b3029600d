package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Takes a new credential into use: from now on it is rotated by its policy, and ends when it expires. */
@Component
public class RegisterCredential {

    private final Workbench workbench;
    private final Definitions definitions;
    private final Inventory inventory;
    private final Consumers consumers;
    private final AuditTrail audit;
    private final Clock clock;

    RegisterCredential(
            Workbench workbench,
            Definitions definitions,
            Inventory inventory,
            Consumers consumers,
            AuditTrail audit,
            Clock clock) {
        this.workbench = workbench;
        this.definitions = definitions;
        this.inventory = inventory;
        this.consumers = consumers;
        this.audit = audit;
        this.clock = clock;
    }

    /** In the caller's transaction. */
    public void run(long operationId) {
        Credential credential = workbench.of(operationId).credential();
        Optional<Instant> end = definitions
                .find(credential.name())
                .flatMap(Definition::expires)
                .map(expiry -> expiry.from(clock.instant()));
        inventory.mark(credential.name(), CredentialStatus.ACTIVE);
        inventory.expire(credential.name(), end.orElse(null));
        consumers.register(credential.name(), credential.consumers());
        audit.append(new AuditEvent(
                "lockstep",
                "credential.issue",
                AuditEvent.Phase.FACT,
                credential.name().value(),
                operationId,
                Map.of(
                        "target", credential.target(),
                        "principals", String.join(",", credential.principals()),
                        "expires", end.map(Instant::toString).orElse("never"))));
    }
}
