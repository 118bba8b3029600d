package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Version;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.Target;
import java.time.Duration;
import java.util.Map;

/** What a step has at hand: the operation, its credential, the credential's target and store. */
record Work(Operation operation, Credential credential, Target target, SecretStore store) {

    Account account(Version version) {
        return credential.account(version.principal());
    }

    /** Time-out of an attempt that makes at most {@code calls} calls to the target. */
    Duration calls(int calls) {
        return target.timeout().multipliedBy(calls);
    }

    Map<String, String> facts(Version version) {
        return Map.of(
                "target", credential.target(),
                "principal", version.principal(),
                "version", Integer.toString(version.ref().version()));
    }
}
