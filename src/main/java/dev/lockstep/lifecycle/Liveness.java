package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Targets;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Tells whether what was reported may still be accepted by the target. In doubt it may. */
@Component
class Liveness {

    private static final Set<Stage> IN_USE = Set.of(Stage.STAGED, Stage.CURRENT, Stage.PREVIOUS);

    private final Versions versions;
    private final Targets targets;
    private final SecretStores stores;

    Liveness(Versions versions, Targets targets, SecretStores stores) {
        this.versions = versions;
        this.targets = targets;
        this.stores = stores;
    }

    /** A report that names the credential only may mean its present secret. */
    boolean mayLive(Credential credential, List<Signal> signals) {
        if (signals.stream()
                .anyMatch(signal ->
                        signal.fingerprint() == null && credential.name().equals(signal.credential()))) {
            return true;
        }
        List<String> leaked = signals.stream()
                .map(Signal::fingerprint)
                .filter(Objects::nonNull)
                .toList();
        List<Version> reported = versions.list(credential.name()).stream()
                .filter(version -> leaked.contains(version.fingerprint()))
                .toList();
        return reported.isEmpty() || reported.stream().anyMatch(version -> mayLive(credential, version));
    }

    private boolean mayLive(Credential credential, Version version) {
        return IN_USE.contains(version.stage()) || !refused(credential, version);
    }

    /** A version at rest is believed to be dead only when the target says so now, or when its value is gone. */
    boolean refused(Credential credential, Version version) {
        try {
            Optional<SecretValue> stored = stores.store(credential.store()).read(version.ref());
            if (stored.isEmpty()) {
                return true;
            }
            try (SecretValue value = stored.get()) {
                return targets.target(credential.target()).verifyDead(credential.account(version.principal()), value)
                        == LoginResult.REFUSED;
            }
        } catch (LockstepException unknown) {
            return false;
        }
    }
}
