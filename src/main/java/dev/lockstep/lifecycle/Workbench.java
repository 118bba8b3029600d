package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lays out what a step needs, and says clearly what is missing. */
@Component
class Workbench {

    private final Operations operations;
    private final Versions versions;
    private final Catalog catalog;
    private final Targets targets;
    private final SecretStores stores;

    Workbench(Operations operations, Versions versions, Catalog catalog, Targets targets, SecretStores stores) {
        this.operations = operations;
        this.versions = versions;
        this.catalog = catalog;
        this.targets = targets;
        this.stores = stores;
    }

    Work of(long operationId) {
        Operation operation = operations.get(operationId);
        Credential credential = credential(operation.credential());
        return new Work(operation, credential, targets.target(credential.target()), stores.store(credential.store()));
    }

    Credential credential(CredentialName name) {
        return catalog.credential(name)
                .orElseThrow(() -> new PermanentException(
                        FailureCode.MISCONFIGURED,
                        "credential " + name
                                + " is not in the configuration any more; restore it or close the operation"));
    }

    /** What readers of the credential would miss, in a sentence; empty when they miss nothing. */
    Optional<String> lack(Credential credential) {
        return catalog.lack(credential);
    }

    /** The operation's candidate; it has been staged before any step that asks for it. */
    Version candidate(Work work) {
        return versions.candidate(work.operation().id())
                .orElseThrow(() -> new PermanentException(
                        FailureCode.INTERNAL_ERROR,
                        work.operation().label() + " has no candidate; the model must stage one before this step"));
    }

    /** The value of a version that the store must hold; the caller closes it. */
    SecretValue value(Work work, SecretRef ref) {
        return work.store()
                .read(ref)
                .orElseThrow(() -> new PermanentException(
                        FailureCode.STORE_VERSION_MISSING,
                        "store " + work.credential().store() + " does not hold " + ref));
    }
}
