package dev.lockstep.ledger;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Triage;
import dev.lockstep.port.Incidents;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Incidents in the ledger's database. */
final class JdbcIncidents implements Incidents {

    private static final String OPEN = """
            INSERT INTO incident (state, subject, open_subject, opened_at)
            VALUES ('OPEN', :subject, :subject, :now)
            """;

    private static final String ADD_SIGNAL = """
            INSERT INTO incident_signal
                   (incident, source, delivery, kind, confidence, exposure, location, credential, fingerprint, reported_by,
                    note, reported_at)
            VALUES (:incident, :source, :delivery, :kind, :confidence, :exposure, :location, :credential, :fingerprint,
                    :reportedBy, :note, :reportedAt)
            """;

    private static final String LOCK = "SELECT state FROM incident WHERE id = :id FOR UPDATE";

    private static final String ASSESS = """
            UPDATE incident
               SET severity = :severity, reason = :reason, reviewers = :reviewers, safe_default = :safeDefault,
                   deadline = :deadline, response = :response, state = :state, decided_at = :now
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private static final String DECIDE = """
            UPDATE incident
               SET response = :response, state = :state, decided_at = :now
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private static final String MOVE = "UPDATE incident SET state = :state WHERE id = :id AND state <> 'CLOSED'";

    private static final String CLOSE = """
            UPDATE incident
               SET state = 'CLOSED', open_subject = NULL, closed_at = :now, conclusion = :conclusion
             WHERE id = :id
               AND state <> 'CLOSED'
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final IncidentQueries queries;
    private final IncidentProgress progress;

    JdbcIncidents(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.queries = new IncidentQueries(jdbc);
        this.progress = new IncidentProgress(jdbc);
    }

    @Override
    public Optional<Incident> open(Signal signal) {
        Instant now = Columns.now(clock);
        return unlessKnown(() -> {
                    KeyHolder id = new GeneratedKeyHolder();
                    jdbc.sql(OPEN)
                            .param("subject", signal.subject())
                            .param("now", Columns.utc(now))
                            .update(id, "id");
                    return insert(Objects.requireNonNull(id.getKey()).longValue(), signal);
                })
                .map(id -> Incident.opened(id, now));
    }

    @Override
    public boolean add(long incident, Signal signal) {
        return locked(incident) != Incident.State.CLOSED
                && unlessKnown(() -> insert(incident, signal)).isPresent();
    }

    private Optional<Long> unlessKnown(Supplier<Long> work) {
        return Transactions.statement(() -> {
            try {
                return Optional.of(transactions.nestedUntranslated(work));
            } catch (DuplicateKeyException known) {
                return Optional.empty();
            }
        });
    }

    private long insert(long incident, Signal signal) {
        CredentialName credential = signal.credential();
        jdbc.sql(ADD_SIGNAL)
                .param("incident", incident)
                .param("source", signal.source().name())
                .param("delivery", signal.deliveryId())
                .param("kind", signal.kind().name())
                .param("confidence", signal.confidence().name())
                .param("exposure", signal.exposure().name())
                .param("location", signal.location() == null ? null : Columns.text(signal.location()))
                .param("credential", credential == null ? null : credential.value())
                .param("fingerprint", signal.fingerprint())
                .param("reportedBy", signal.reportedBy())
                .param("note", Columns.text(signal.note()))
                .param("reportedAt", Columns.utc(signal.reportedAt()))
                .update();
        return incident;
    }

    @Override
    public void lock(long incident) {
        locked(incident);
    }

    private Incident.State locked(long incident) {
        return Transactions.statement(() ->
                        jdbc.sql(LOCK).param("id", incident).query(String.class).optional())
                .map(Incident.State::valueOf)
                .orElseThrow(() -> unknown(incident));
    }

    @Override
    public void assess(long incident, Triage triage, Instant deadline, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(ASSESS)
                .param("id", incident)
                .param("severity", triage.severity().name())
                .param("reason", Columns.text(triage.reason()))
                .param("reviewers", triage.group())
                .param("safeDefault", triage.safeDefault().name())
                .param("deadline", Columns.utc(deadline))
                .param("response", triage.response().name())
                .param("state", state.name())
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    @Override
    public void decide(long incident, LeakResponse response, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(DECIDE)
                .param("id", incident)
                .param("response", response.name())
                .param("state", state.name())
                .param("now", Columns.utc(clock.instant()))
                .update());
    }

    @Override
    public void move(long incident, Incident.State state) {
        Transactions.statement(() -> jdbc.sql(MOVE)
                .param("id", incident)
                .param("state", state.name())
                .update());
    }

    @Override
    public boolean close(long incident, String conclusion) {
        return Transactions.statement(() -> jdbc.sql(CLOSE)
                        .param("id", incident)
                        .param("conclusion", Columns.text(conclusion))
                        .param("now", Columns.utc(clock.instant()))
                        .update()
                == 1);
    }

    @Override
    public boolean involve(long incident, CredentialName credential, Affected.Relation relation) {
        return progress.involve(incident, credential, relation);
    }

    @Override
    public void assign(long incident, CredentialName credential, long operation) {
        progress.assign(incident, credential, operation);
    }

    @Override
    public void reassign(long operation, long successor) {
        progress.reassign(operation, successor);
    }

    @Override
    public void contained(long operation, Instant at) {
        progress.contained(operation, at);
    }

    @Override
    public void provenDead(long operation, Instant at) {
        progress.provenDead(operation, at);
    }

    @Override
    public void replaced(long operation, Instant at) {
        progress.replaced(operation, at);
    }

    @Override
    public Optional<Incident> byDelivery(Signal.Source source, String deliveryId) {
        return queries.byDelivery(source, deliveryId);
    }

    @Override
    public Optional<Incident> openAbout(String subject) {
        return queries.bySubject(subject);
    }

    @Override
    public List<Incident> openAbout(Collection<CredentialName> credentials) {
        return queries.byCredentials(credentials);
    }

    @Override
    public Optional<Incident> find(long id) {
        return queries.find(id);
    }

    @Override
    public Incident get(long id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    private static PermanentException unknown(long id) {
        return new PermanentException(
                FailureCode.INTERNAL_ERROR, "the ledger does not know incident " + Incident.label(id));
    }

    @Override
    public List<Incident> newest(int limit) {
        return queries.newest(limit);
    }

    @Override
    public List<Signal> signals(long incident) {
        return queries.signals(incident);
    }

    @Override
    public List<Affected> affected(long incident) {
        return queries.affected(incident);
    }

    @Override
    public List<Incident> of(long operation) {
        return queries.byOperation(operation);
    }

    @Override
    public boolean settled(long incident) {
        return queries.settled(incident);
    }

    @Override
    public List<Incident> settledUnheard(int limit) {
        return queries.settledUnheard(limit);
    }
}
