package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Imports the value in use at adoption as version 1, after proving that it logs in. */
@Component
class InitialValue {

    private static final String IMPORTED = "imported";

    private final Versions versions;
    private final SecretReferences references;
    private final Fingerprints fingerprints;
    private final SecretStores stores;
    private final Targets targets;
    private final AuditTrail audit;

    InitialValue(
            Versions versions,
            SecretReferences references,
            Fingerprints fingerprints,
            SecretStores stores,
            Targets targets,
            AuditTrail audit) {
        this.versions = versions;
        this.references = references;
        this.fingerprints = fingerprints;
        this.stores = stores;
        this.targets = targets;
        this.audit = audit;
    }

    /** Does nothing without an initial value, or when the credential has a version that is or was in use. */
    void adopt(Credential credential) {
        List<Version> known = versions.list(credential.name());
        boolean begun = known.stream().anyMatch(version -> !version.rules().equals(IMPORTED));
        if (credential.initial().isEmpty()
                || begun
                || versions.current(credential.name()).isPresent()) {
            return;
        }
        try (SecretValue value = references.resolve(credential.initial().get())) {
            Version version = known.isEmpty() ? reserve(credential, value) : known.get(0);
            prove(credential, version, value);
            SecretStore store = stores.store(credential.store());
            store.stage(version.ref(), value);
            store.promote(version.ref());
            audit.append(new AuditEvent(
                    "lockstep",
                    "credential.adopt",
                    AuditEvent.Phase.FACT,
                    credential.name().value(),
                    null,
                    Map.of("version", Integer.toString(version.ref().version()), "principal", version.principal())));
            versions.promote(version.ref());
        }
    }

    private Version reserve(Credential credential, SecretValue value) {
        return versions.reserve(
                credential.name(), null, credential.principals().get(0), fingerprints.of(value), IMPORTED);
    }

    private void prove(Credential credential, Version version, SecretValue value) {
        LoginResult answer = targets.target(credential.target()).verify(credential.account(version.principal()), value);
        if (answer == LoginResult.REFUSED) {
            throw new PermanentException(
                    FailureCode.DRIFT,
                    "the initial value does not log in as " + version.principal() + " at target " + credential.target()
                            + "; correct the reference, or leave it out and rotate");
        }
    }
}
