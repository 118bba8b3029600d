package dev.lockstep.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Readings;
import dev.lockstep.port.Readings.Standing;
import dev.lockstep.port.Versions;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/** A running copy of a program tells that it uses a version that it has from elsewhere, for example from a mirror. */
final class Acknowledgements {

    private final ReadRights rights;
    private final Gathered<Readings.Question, Standing> standings;
    private final Recorder recorder;
    private final Versions versions;
    private final Moves moves;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Limits limits;

    /** @param limits bounds the refused ones of each identity */
    Acknowledgements(
            ReadRights rights,
            Gathered<Readings.Question, Standing> standings,
            Recorder recorder,
            Versions versions,
            Moves moves,
            AuditTrail audit,
            TransactionTemplate transaction,
            Limits limits) {
        this.rights = rights;
        this.standings = standings;
        this.recorder = recorder;
        this.versions = versions;
        this.moves = moves;
        this.audit = audit;
        this.transaction = transaction;
        this.limits = limits;
    }

    /** @throws Refused when the caller is no consumer of the credential, or is not served that version */
    Reply acknowledge(Caller caller, Ask ask) throws IOException {
        String who = caller.identity().name();
        limits.check(who);
        JsonNode body = ask.body();
        CredentialName name = Deliveries.name(body.path("credential").asText());
        SecretRef ref = new SecretRef(name, version(body.path("version")));
        Credential credential =
                rights.readable(caller, name).orElseThrow(() -> refused(caller, ref, "not readable", Refused.denied()));
        Standing standing = standings.ask(
                new Readings.Question(credential.name(), caller.identity().consumer()));
        if (standing == null || !standing.registered()) {
            throw refused(
                    caller,
                    ref,
                    "no consumer",
                    Refused.because(403, caller.identity().consumer() + " is no consumer of " + name));
        }
        Version served = served(caller, ref, standing);
        recorder.confirmed(new Readings.Reading(
                ref, who, caller.identity().consumer(), caller.token().instance()));
        if (served.stage() == Stage.CURRENT) {
            moves.told(ref);
        }
        return Reply.empty();
    }

    private Version served(Caller caller, SecretRef ref, Standing standing) {
        Optional<Version> served = standing.status() == CredentialStatus.ACTIVE ? standing.served() : Optional.empty();
        return served.filter(version -> version.ref().equals(ref))
                .orElseThrow(() -> refused(caller, ref, "not served", notServed(ref, served)));
    }

    private Refused notServed(SecretRef ref, Optional<Version> served) {
        Optional<Version> known = versions.find(ref);
        if (known.filter(version -> version.stage() != Stage.STAGED).isEmpty()) {
            return Refused.because(404, "version: " + ref.credential() + " has no version " + ref.version());
        }
        String stage = known.get().stage().name().toLowerCase(Locale.ROOT);
        return Refused.because(
                409,
                "version: version " + ref.version() + " of " + ref.credential() + " is " + stage + ", and not served"
                        + served.map(now -> "; read version " + now.ref().version() + " and acknowledge that")
                                .orElse(""));
    }

    private Refused refused(Caller caller, SecretRef ref, String why, Refused refusal) {
        if (limits.failed(caller.identity().name())) {
            transaction.executeWithoutResult(status -> audit.append(new AuditEvent(
                    caller.identity().name(),
                    "consumer.acknowledge-refuse",
                    AuditEvent.Phase.FACT,
                    ref.credential().value(),
                    null,
                    Map.of(
                            "version", Integer.toString(ref.version()),
                            "why", why,
                            "address", caller.from().getHostAddress()))));
        }
        return refusal;
    }

    private static int version(JsonNode version) {
        if (!version.canConvertToInt() || !version.isIntegralNumber() || version.asInt() < 1) {
            throw Refused.because(400, "version: write the number of the version, counted from 1");
        }
        return version.asInt();
    }
}
