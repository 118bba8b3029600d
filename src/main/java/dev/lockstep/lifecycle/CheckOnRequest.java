package dev.lockstep.lifecycle;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Checks;
import dev.lockstep.port.LoginChecks;
import dev.lockstep.port.Versions;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Compares one credential with its target because somebody asks, for example after a deployment. */
@Component
class CheckOnRequest implements LoginChecks {

    private final Catalog catalog;
    private final Versions versions;
    private final CheckCredential check;
    private final Checks checks;
    private final AuditTrail audit;

    CheckOnRequest(Catalog catalog, Versions versions, CheckCredential check, Checks checks, AuditTrail audit) {
        this.catalog = catalog;
        this.versions = versions;
        this.check = check;
        this.checks = checks;
        this.audit = audit;
    }

    @Override
    public Result check(CredentialName credential, String requestedBy) {
        if (catalog.credential(credential).isEmpty()) {
            throw new InvalidInput("name", "there is no credential " + credential + " in the configuration");
        }
        SecretRef version = versions.current(credential)
                .map(Version::ref)
                .orElseThrow(() -> new Conflict(credential + " has no version that applications read yet"));
        if (!check.run(credential, false)) {
            throw new Conflict("an operation of " + credential
                    + " is under way, or it is not in use: check it when that has ended");
        }
        Optional<Finding> finding = checks.finding(credential);
        audit.append(new AuditEvent(
                requestedBy,
                "credential.check",
                AuditEvent.Phase.FACT,
                credential.value(),
                null,
                Map.of(
                        "version", Integer.toString(version.version()),
                        "result",
                                finding.map(Finding::code)
                                        .map(FailureCode::anchor)
                                        .orElse("logs in"))));
        return new Result(version, finding);
    }
}
