package dev.lockstep.ledger;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.LeakResponse;
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

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final IncidentQueries queries;
    private final IncidentDecisions decisions;
    private final IncidentProgress progress;

    JdbcIncidents(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.queries = new IncidentQueries(jdbc);
        this.decisions = new IncidentDecisions(jdbc, clock);
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
        return decisions.lock(incident) != Incident.State.CLOSED
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
        decisions.lock(incident);
    }

    @Override
    public void assess(long incident, Triage triage, Instant deadline, Incident.State state) {
        decisions.assess(incident, triage, deadline, state);
    }

    @Override
    public void decide(long incident, LeakResponse response, Incident.State state) {
        decisions.decide(incident, response, state);
    }

    @Override
    public void move(long incident, Incident.State state) {
        decisions.move(incident, state);
    }

    @Override
    public boolean close(long incident, String conclusion) {
        return decisions.close(incident, conclusion);
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
        return find(id).orElseThrow(() -> IncidentQueries.unknown(id));
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
    public List<Standing> standing() {
        return queries.standing();
    }

    @Override
    public List<Incident> settledUnheard(int limit) {
        return queries.settledUnheard(limit);
    }
}
