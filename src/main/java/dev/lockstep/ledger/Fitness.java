package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import java.util.Optional;

/** Which operations a credential may have at which stage of its life. */
final class Fitness {

    private static final String ISSUANCE = "issuance";
    private static final String DECOMMISSION = "decommission";
    private static final String CONTAINMENT = "containment";

    private Fitness() {}

    /** What stands in the way, to be read after the credential's name; empty when nothing does. */
    static Optional<String> objection(CredentialStatus status, OperationRequest request) {
        String process = request.process();
        return switch (status) {
            case REQUESTED ->
                process.equals(ISSUANCE) ? Optional.empty() : Optional.of("is requested, but not issued yet");
            case ACTIVE, UNMANAGED -> process.equals(ISSUANCE) ? Optional.of("is issued already") : Optional.empty();
            case CONTAINED ->
                process.equals(DECOMMISSION) || request.priority() >= Operation.EMERGENCY
                        ? Optional.empty()
                        : Optional.of(
                                "is contained: none of its versions may log in; an emergency rotation replaces it");
            case DISABLED ->
                process.equals(CONTAINMENT)
                        ? Optional.empty()
                        : Optional.of("is disabled on its way to decommission; keep it before asking for more");
            case DECOMMISSIONED -> Optional.of("is decommissioned: nothing of it exists any more");
        };
    }
}
