package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.LoginChecks;
import dev.lockstep.port.Versions;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.test.context.TestComponent;

/** Finds the credential without an operation fine, and drift at all others; there is no target behind it. */
@TestComponent
class PaperLoginChecks implements LoginChecks {

    private final Versions versions;

    PaperLoginChecks(Versions versions) {
        this.versions = versions;
    }

    @Override
    public Result check(CredentialName credential, String requestedBy) {
        SecretRef version = versions.current(credential).orElseThrow().ref();
        Finding drift = new Finding(credential, FailureCode.DRIFT, "it is refused", Instant.EPOCH, Instant.EPOCH, null);
        return new Result(version, credential.value().equals(Samples.FREE) ? Optional.empty() : Optional.of(drift));
    }
}
