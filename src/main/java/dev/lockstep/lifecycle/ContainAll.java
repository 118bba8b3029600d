package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Queues an emergency operation for every credential of an incident; whatever occupies the credential has to yield. */
@Component
public class ContainAll {

    /** The process of an emergency operation. */
    public static final String PROCESS = "containment";

    private static final int MOST_RIVALS = 5;
    private static final Set<CredentialStatus> NOTHING_EXISTS =
            EnumSet.of(CredentialStatus.REQUESTED, CredentialStatus.DECOMMISSIONED);

    private final Incidents incidents;
    private final Operations operations;
    private final Versions versions;
    private final Catalog catalog;
    private final Inventory inventory;
    private final RevokeDisabled revokeDisabled;
    private final AuditTrail audit;

    ContainAll(
            Incidents incidents,
            Operations operations,
            Versions versions,
            Catalog catalog,
            Inventory inventory,
            RevokeDisabled revokeDisabled,
            AuditTrail audit) {
        this.incidents = incidents;
        this.operations = operations;
        this.versions = versions;
        this.catalog = catalog;
        this.inventory = inventory;
        this.revokeDisabled = revokeDisabled;
        this.audit = audit;
    }

    /**
     * Returns the operations that had to yield: the ledger refuses their writes from now on, and their processes are
     * still to be told. A credential that has its operation already keeps it; one that nothing exists of needs none.
     */
    public List<Operation> run(long incident) {
        List<Operation> superseded = new ArrayList<>();
        for (Affected affected : incidents.affected(incident)) {
            if (affected.operation() == null
                    && catalog.credential(affected.credential()).isPresent()
                    && exists(affected.credential())) {
                contain(incident, affected, superseded);
            }
        }
        return superseded;
    }

    private boolean exists(CredentialName credential) {
        return inventory
                .find(credential)
                .filter(entry -> !NOTHING_EXISTS.contains(entry.status()))
                .isPresent();
    }

    private void contain(long incident, Affected affected, List<Operation> superseded) {
        Optional<Operation> active = operations.active(affected.credential());
        Optional<Operation> leaving = active.filter(revokeDisabled::isFor);
        long operation = leaving.map(Operation::id).orElseGet(() -> request(incident, affected, active, superseded));
        incidents.assign(incident, affected.credential(), operation);
        leaving.ifPresent(revokeDisabled::run);
    }

    private long request(long incident, Affected affected, Optional<Operation> occupant, List<Operation> superseded) {
        Optional<Operation> active = occupant;
        for (int rival = 0; rival < MOST_RIVALS; rival++) {
            if (active.filter(operation -> covers(operation, incident)).isPresent()) {
                return active.get().id();
            }
            active.filter(this::supersede).ifPresent(superseded::add);
            Optional<Operation> requested = operations.request(new OperationRequest(
                    affected.credential(),
                    PROCESS,
                    Operation.EMERGENCY,
                    "lockstep",
                    "leak, " + Incident.label(incident) + ": "
                            + affected.relation().label()));
            if (requested.isPresent()) {
                long successor = requested.get().id();
                active.ifPresent(older -> incidents.reassign(older.id(), successor));
                return successor;
            }
            active = operations.active(affected.credential());
        }
        throw new RetryableException(
                FailureCode.LEDGER_UNAVAILABLE,
                affected.credential() + " is taken by another operation each time it is to be contained");
    }

    /**
     * An operation that contains the credential already does so for this incident too, unless its own secret leaked.
     */
    private boolean covers(Operation active, long incident) {
        if (!active.process().equals(PROCESS)) {
            return false;
        }
        Optional<String> made = versions.candidate(active.id()).map(Version::fingerprint);
        return made.isEmpty()
                || incidents.signals(incident).stream()
                        .noneMatch(signal -> made.get().equals(signal.fingerprint()));
    }

    private boolean supersede(Operation active) {
        audit.append(new AuditEvent(
                "lockstep",
                "operation.supersede",
                AuditEvent.Phase.FACT,
                active.credential().value(),
                active.id(),
                Map.of("by", PROCESS)));
        return operations.close(active.id(), Outcome.SUPERSEDED);
    }
}
