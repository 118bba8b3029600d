package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.policy.DefinitionCheck;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Operations;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Puts a new credential on the list as requested, and queues the operation that issues it. Touches nothing else. */
@Component
public class RequestIssuance {

    private static final String PROCESS = "issuance";

    private final Catalog catalog;
    private final Definitions definitions;
    private final Operations operations;
    private final AuditTrail audit;

    RequestIssuance(Catalog catalog, Definitions definitions, Operations operations, AuditTrail audit) {
        this.catalog = catalog;
        this.definitions = definitions;
        this.operations = operations;
        this.audit = audit;
    }

    /**
     * All in the caller's transaction.
     *
     * @throws InvalidInput when a field is malformed or names what does not exist
     * @throws Conflict when the name is taken
     */
    public Operation run(Definition asked, String requestedBy, String reason) {
        if (catalog.configured(asked.name())) {
            throw new Conflict(asked.name() + " stands in the configuration, which describes it; rotate it instead");
        }
        Definition definition = asked.principals().isEmpty() ? named(asked) : asked;
        new DefinitionCheck(catalog).check(definition);
        if (!definitions.add(definition)) {
            throw new Conflict("there is a credential " + definition.name() + " already, or somebody has asked for it");
        }
        Operation operation = operations
                .request(new OperationRequest(definition.name(), PROCESS, Operation.REQUESTED, requestedBy, reason))
                .orElseThrow(() -> new Conflict("an operation of " + definition.name() + " is under way"));
        audit.append(new AuditEvent(
                requestedBy,
                "issuance.request",
                AuditEvent.Phase.FACT,
                definition.name().value(),
                operation.id(),
                Map.of(
                        "target", definition.target(),
                        "principals", String.join(",", definition.principals()),
                        "policy", definition.policy(),
                        "expires", definition.expires().map(Expiry::toString).orElse("never"))));
        return operation;
    }

    /** Accounts that nobody has named are named after the credential. */
    private Definition named(Definition asked) {
        String name = asked.name().value();
        String account = name.substring(name.lastIndexOf('/') + 1).replaceAll("[^a-z0-9_]", "_");
        boolean pair = catalog.policies().stream()
                .filter(policy -> policy.name().equals(asked.policy()))
                .anyMatch(policy -> policy.strategy().accounts() > 1);
        return asked.withPrincipals(pair ? List.of(account + "_a", account + "_b") : List.of(account));
    }
}
