package dev.lockstep.lifecycle;

import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Version;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks the target which stored version it accepts now. */
@Component
class Probe {

    /** The target's answer to a stored version; empty when the store has no value for it. */
    Optional<LoginResult> ask(Work work, Version version) {
        Optional<SecretValue> stored = work.store().read(version.ref());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        try (SecretValue value = stored.get()) {
            return Optional.of(Logins.of(work.target(), work.credential(), version, value));
        }
    }

    /** Whether the version logs in, with or without the rights it needs. */
    boolean live(Work work, Version version) {
        return ask(work, version)
                .filter(answer -> answer != LoginResult.REFUSED)
                .isPresent();
    }
}
