package dev.lockstep.process;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Versions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes signals: into the incident that they belong to, or into a new one that a worker begins at once. */
@Component
class EmergencyDesk implements Emergencies {

    private static final int MOST_RIVALS = 5;
    private static final Set<Stage> IN_USE = Set.of(Stage.STAGED, Stage.CURRENT, Stage.PREVIOUS);

    private final Incidents incidents;
    private final Versions versions;
    private final AuditTrail audit;
    private final Wake wake;
    private final IncidentMessages messages;
    private final TransactionTemplate transaction;

    EmergencyDesk(
            Incidents incidents,
            Versions versions,
            AuditTrail audit,
            Wake wake,
            IncidentMessages messages,
            PlatformTransactionManager transactions) {
        this.incidents = incidents;
        this.versions = versions;
        this.audit = audit;
        this.wake = wake;
        this.messages = messages;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Incident report(Signal signal) {
        for (int rival = 0; rival < MOST_RIVALS; rival++) {
            Optional<Incident> taken = Optional.ofNullable(
                    transaction.execute(status -> take(signal).orElse(null)));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
        throw new RetryableException(
                FailureCode.LEDGER_UNAVAILABLE, "the report lost against others of the same leak; send it again");
    }

    /** Empty when somebody else was faster: then there is an incident to add it to. */
    private Optional<Incident> take(Signal signal) {
        Optional<Incident> known = incidents.byDelivery(signal.source(), signal.deliveryId());
        if (known.isPresent()) {
            return known;
        }
        Optional<Incident> open = sameLeak(signal);
        return open.isPresent() ? add(open.get(), signal) : open(signal);
    }

    private Optional<Incident> add(Incident incident, Signal signal) {
        if (!incidents.add(incident.id(), signal)) {
            return Optional.empty();
        }
        record(incident, signal, "incident.signal");
        messages.signalAfterCommit(incident);
        wake.afterCommit(Wake.Work.INCIDENT);
        return Optional.of(incident);
    }

    private Optional<Incident> open(Signal signal) {
        Optional<Incident> opened = incidents.open(signal);
        opened.ifPresent(incident -> {
            record(incident, signal, "incident.open");
            wake.afterCommit(Wake.Work.INCIDENT);
        });
        return opened;
    }

    /** A leak of what an incident has already replaced is another leak, when it can be told by its value. */
    private Optional<Incident> sameLeak(Signal signal) {
        Optional<Incident> same = incidents.openAbout(signal.subject());
        if (same.isPresent()) {
            return same;
        }
        Set<CredentialName> alive = new HashSet<>();
        Set<CredentialName> credentials = new HashSet<>();
        if (signal.credential() != null) {
            credentials.add(signal.credential());
        }
        if (signal.fingerprint() != null) {
            for (Version version : versions.withFingerprint(signal.fingerprint())) {
                credentials.add(version.ref().credential());
                if (IN_USE.contains(version.stage())) {
                    alive.add(version.ref().credential());
                }
            }
        }
        return incidents.openAbout(credentials).stream()
                .filter(incident -> incidents.affected(incident.id()).stream().noneMatch(each -> isOver(each, alive)))
                .findFirst();
    }

    private static boolean isOver(Affected affected, Set<CredentialName> alive) {
        return affected.provenDeadAt() != null && alive.contains(affected.credential());
    }

    private void record(Incident incident, Signal signal, String action) {
        CredentialName named = signal.credential();
        audit.append(new AuditEvent(
                signal.reportedBy(),
                action,
                AuditEvent.Phase.FACT,
                incident.label(),
                null,
                Map.of(
                        "source", signal.source().label(),
                        "kind", signal.kind().label(),
                        "confidence", signal.confidence().label(),
                        "exposure", signal.exposure().label(),
                        "about", named == null ? signal.isUnnamed() ? "a place" : "a value" : named.value())));
    }
}
