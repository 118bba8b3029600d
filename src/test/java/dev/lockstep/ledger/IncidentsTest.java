package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.IncidentClaim;
import dev.lockstep.domain.LeakResponse;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Triage;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.Incidents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class IncidentsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Triage REVOKE = new Triage(
            LeakResponse.REVOKE_NOW,
            Severity.CRITICAL,
            "seen where others can see it",
            "security",
            Duration.ofHours(4),
            LeakResponse.REVOKE_NOW);

    @OnEachDatabase
    void a_signal_opens_an_incident_and_is_kept_word_for_word(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        Signal signal = signal("d-1", ORDERS, null);
        Incident incident = incidents.open(signal).orElseThrow();

        assertThat(incidents.get(incident.id())).isEqualTo(incident);
        assertThat(incident.state()).isEqualTo(Incident.State.OPEN);
        assertThat(incident.openedAt()).isEqualTo(NOON);
        assertThat(incident.label()).isEqualTo("inc-" + incident.id());
        assertThat(incidents.signals(incident.id())).containsExactly(signal);
        assertThat(incidents.byDelivery(Signal.Source.HUMAN, "d-1")).contains(incident);
        assertThat(incidents.byDelivery(Signal.Source.SCANNER, "d-1")).isEmpty();
        assertThat(incidents.openAbout(signal.subject())).contains(incident);
        assertThat(incidents.newest(10)).containsExactly(incident);
    }

    @OnEachDatabase
    void one_leak_has_one_open_incident_however_many_report_it_at_once(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        List<Boolean> opened = Together.run(
                4,
                () -> incidents
                        .open(signal(
                                "d-" + System.nanoTime()
                                        + Thread.currentThread().getId(),
                                ORDERS,
                                null))
                        .isPresent());

        assertThat(opened).containsOnlyOnce(true);
        assertThat(incidents.newest(10)).hasSize(1);
    }

    @OnEachDatabase
    void a_delivery_is_taken_once_and_the_callers_transaction_goes_on(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        boolean goneOn = stand.ledger.inTransaction(() -> {
            assertThat(incidents.open(signal("d-1", BILLING, null))).isEmpty();
            assertThat(incidents.add(id, signal("d-1", ORDERS, null))).isFalse();
            return incidents.add(id, signal("d-2", ORDERS, null));
        });

        assertThat(goneOn).isTrue();
        assertThat(incidents.signals(id)).extracting(Signal::deliveryId).containsExactly("d-1", "d-2");
    }

    @OnEachDatabase
    void a_closed_incident_takes_no_signal_and_makes_room_for_the_next(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        assertThat(incidents.close(id, "dealt with")).isTrue();
        assertThat(incidents.close(id, "again")).isFalse();

        assertThat(incidents.add(id, signal("d-2", ORDERS, null))).isFalse();
        assertThat(incidents.get(id).conclusion()).isEqualTo("dealt with");
        assertThat(incidents.get(id).closedAt()).isEqualTo(NOON);
        assertThat(incidents.open(signal("d-3", ORDERS, null))).isPresent();
        incidents.decide(id, LeakResponse.REVIEW, Incident.State.REVIEW);
        incidents.move(id, Incident.State.CONTAINED);
        assertThat(incidents.get(id).state()).isEqualTo(Incident.State.CLOSED);
    }

    @OnEachDatabase
    void an_incident_is_begun_by_one_worker_at_a_time_and_by_another_when_that_one_is_lost(LedgerStand stand) {
        IncidentQueue queue = stand.ledger.incidentQueue();
        long first = stand.ledger
                .incidents()
                .open(signal("d-1", ORDERS, null))
                .orElseThrow()
                .id();
        assertThat(stand.ledger.incidents().open(signal("d-2", BILLING, null))).isPresent();
        IncidentClaim lost = queue.claim(NOON, 1, LEASE).get(0);
        assertThat(lost).isEqualTo(new IncidentClaim(first, 1));
        assertThat(queue.claim(NOON, 10, LEASE))
                .extracting(IncidentClaim::incident)
                .doesNotContain(first)
                .hasSize(1);
        assertThat(queue.claim(NOON, 10, LEASE)).isEmpty();

        IncidentClaim taken = queue.claim(NOON.plus(LEASE), 1, LEASE).get(0);
        assertThat(taken).isEqualTo(new IncidentClaim(first, 2));
        assertThat(queue.bind(lost, "too-late")).isFalse();
        assertThat(queue.postpone(lost, NOON)).isFalse();
        assertThat(queue.postpone(taken, NOON.plus(LEASE).plusSeconds(5))).isTrue();
        assertThat(queue.claim(NOON.plus(LEASE).plusSeconds(4), 10, LEASE))
                .extracting(IncidentClaim::incident)
                .doesNotContain(first);
        IncidentClaim again =
                queue.claim(NOON.plus(LEASE).plusSeconds(5), 10, LEASE).get(0);
        assertThat(queue.bind(again, "instance-1")).isTrue();
        assertThat(queue.bind(again, "instance-2")).isFalse();
        assertThat(queue.claim(NOON.plus(LEASE).plusSeconds(60), 10, LEASE))
                .extracting(IncidentClaim::incident)
                .doesNotContain(first);
        assertThat(stand.ledger.incidents().get(first).processInstance()).isEqualTo("instance-1");
    }

    @OnEachDatabase
    void what_was_decided_can_be_read(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        IncidentQueue queue = stand.ledger.incidentQueue();
        assertThat(queue.bind(queue.claim(NOON, 10, LEASE).get(0), "instance-1"))
                .isTrue();
        incidents.assess(id, REVOKE, NOON.plusSeconds(60), Incident.State.CONTAINING);

        assertThat(incidents.get(id))
                .isEqualTo(new Incident(
                        id,
                        Incident.State.CONTAINING,
                        LeakResponse.REVOKE_NOW,
                        Severity.CRITICAL,
                        REVOKE.reason(),
                        "security",
                        LeakResponse.REVOKE_NOW,
                        NOON,
                        NOON,
                        NOON.plusSeconds(60),
                        null,
                        null,
                        "instance-1"));
    }

    @OnEachDatabase
    void a_credential_belongs_to_an_incident_once_and_its_progress_is_noted_for_the_first_time_only(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        assertThat(incidents.involve(id, ORDERS, Affected.Relation.NAMED)).isTrue();
        assertThat(incidents.involve(id, ORDERS, Affected.Relation.DERIVED)).isFalse();
        incidents.assign(id, ORDERS, 7);
        incidents.contained(7, NOON.plusSeconds(1));
        incidents.contained(7, NOON.plusSeconds(9));
        incidents.provenDead(7, NOON.plusSeconds(2));
        incidents.provenDead(7, NOON.plusSeconds(9));
        incidents.replaced(7, NOON.plusSeconds(3));
        incidents.replaced(7, NOON.plusSeconds(9));

        assertThat(incidents.affected(id))
                .containsExactly(new Affected(
                        ORDERS,
                        Affected.Relation.NAMED,
                        7L,
                        NOON.plusSeconds(1),
                        NOON.plusSeconds(2),
                        NOON.plusSeconds(3)));
        assertThat(incidents.of(7)).extracting(Incident::id).containsExactly(id);
        assertThat(incidents.openAbout(List.of(ORDERS, BILLING)))
                .extracting(Incident::id)
                .containsExactly(id);
        assertThat(incidents.openAbout(List.<CredentialName>of())).isEmpty();
    }

    @OnEachDatabase
    void who_joins_an_operation_sees_how_far_it_has_come(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long first = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        long second = incidents.open(signal("d-2", BILLING, null)).orElseThrow().id();
        incidents.involve(first, ORDERS, Affected.Relation.NAMED);
        incidents.assign(first, ORDERS, 7);
        incidents.provenDead(7, NOON);
        incidents.involve(second, ORDERS, Affected.Relation.DERIVED);
        incidents.assign(second, ORDERS, 7);

        assertThat(incidents.affected(second).get(0).provenDeadAt()).isEqualTo(NOON);
    }

    @OnEachDatabase
    void an_incident_is_settled_when_each_credential_is_dead_or_its_operation_over(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        Operation orders = stand.ledger.queued(ORDERS);
        Operation billing = stand.ledger.queued(BILLING);
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        incidents.involve(id, ORDERS, Affected.Relation.NAMED);
        incidents.involve(id, BILLING, Affected.Relation.DERIVED);
        incidents.assign(id, ORDERS, orders.id());
        incidents.assign(id, BILLING, billing.id());
        incidents.decide(id, LeakResponse.REVOKE_NOW, Incident.State.CONTAINING);
        assertThat(incidents.settled(id)).isFalse();
        incidents.provenDead(orders.id(), NOON);
        assertThat(incidents.settled(id)).isFalse();
        assertThat(incidents.settledUnheard(10)).isEmpty();
        stand.ledger.operations().close(billing.id(), Outcome.NOT_CONTAINED);

        assertThat(incidents.settled(id)).isTrue();
        assertThat(incidents.settledUnheard(10)).extracting(Incident::id).containsExactly(id);
        incidents.move(id, Incident.State.CONTAINED);
        assertThat(incidents.settledUnheard(10)).isEmpty();
    }

    @OnEachDatabase
    void what_is_not_dead_passes_to_the_successor(LedgerStand stand) {
        Incidents incidents = stand.ledger.incidents();
        long id = incidents.open(signal("d-1", ORDERS, null)).orElseThrow().id();
        incidents.involve(id, ORDERS, Affected.Relation.NAMED);
        incidents.assign(id, ORDERS, 7);
        incidents.reassign(7, 8);
        assertThat(incidents.affected(id).get(0).operation()).isEqualTo(8);
        incidents.provenDead(8, NOON);
        incidents.reassign(8, 9);
        assertThat(incidents.affected(id).get(0).operation()).isEqualTo(8);
    }

    @OnEachDatabase
    void an_unknown_incident_is_not_found(LedgerStand stand) {
        assertThat(stand.ledger.incidents().find(4711)).isEmpty();
        Failures.assertPermanent(
                        FailureCode.INTERNAL_ERROR,
                        () -> stand.ledger.incidents().get(4711))
                .withMessageContaining("inc-4711");
    }

    @OnEachDatabase
    void only_an_emergency_may_begin_on_a_contained_credential(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.CONTAINED);
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> stand.ledger.request(ORDERS, Operation.REQUESTED))
                .withMessageContaining("contained");
        assertThat(stand.ledger.request(ORDERS, Operation.EMERGENCY).priority()).isEqualTo(Operation.EMERGENCY);
    }

    @OnEachDatabase
    void taking_over_does_not_wait_for_who_holds_the_credential(LedgerStand stand) {
        Operation routine = stand.ledger.queued(ORDERS);
        boolean closed = stand.ledger.inTransaction(() -> {
            stand.ledger.inventory().rotated(ORDERS, NOON);
            return Together.run(1, () -> stand.ledger.operations().close(routine.id(), Outcome.SUPERSEDED))
                    .get(0);
        });

        assertThat(closed).isTrue();
        assertThat(stand.ledger.operations().supersededOfLate(10)).isEmpty();
    }

    @OnEachDatabase
    void a_change_that_never_reported_back_may_come_until_its_deadline(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        Operation routine = stand.ledger.queued(ORDERS);
        attempts.begin(routine.id(), Step.APPLY, Duration.ofSeconds(30), Map.of());
        assertThat(attempts.lateChanges(ORDERS, routine.id())).isEmpty();
        stand.ledger.operations().close(routine.id(), Outcome.SUPERSEDED);
        Operation emergency = stand.ledger.request(ORDERS, Operation.EMERGENCY);

        assertThat(attempts.lateChanges(ORDERS, emergency.id())).contains(NOON.plusSeconds(30));
        stand.clock.advance(Duration.ofSeconds(31));
        assertThat(attempts.lateChanges(ORDERS, emergency.id())).isEmpty();
        assertThat(attempts.list(routine.id()))
                .extracting(Attempts.Entry::outcome)
                .containsExactly("unknown");
        assertThat(stand.audit.lines())
                .filteredOn(line -> line.contains("target.apply"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("INTENT", "OUTCOME");
    }

    @OnEachDatabase
    void a_time_out_may_come_late_too_but_what_succeeded_or_only_asked_is_over(LedgerStand stand) {
        Attempts attempts = stand.ledger.attempts();
        Operation routine = stand.ledger.queued(ORDERS);
        attempts.succeed(attempts.begin(routine.id(), Step.APPLY, Duration.ofSeconds(90), Map.of()), Map.of());
        attempts.begin(routine.id(), Step.VERIFY, Duration.ofSeconds(80), Map.of());
        attempts.fail(
                attempts.begin(routine.id(), Step.RESTORE, Duration.ofSeconds(30), Map.of()),
                new RetryableException(FailureCode.TARGET_UNREACHABLE, "no answer"));
        attempts.fail(
                attempts.begin(routine.id(), Step.RETIRE, Duration.ofSeconds(60), Map.of()),
                new RetryableException(FailureCode.TARGET_BUSY, "nothing happened"));
        stand.ledger.operations().close(routine.id(), Outcome.SUPERSEDED);
        Operation emergency = stand.ledger.request(ORDERS, Operation.EMERGENCY);

        assertThat(attempts.lateChanges(ORDERS, emergency.id())).isEqualTo(Optional.of(NOON.plusSeconds(30)));
    }

    private static Signal signal(String delivery, @Nullable CredentialName credential, @Nullable String fingerprint) {
        return new Signal(
                Signal.Source.HUMAN,
                delivery,
                Signal.Kind.LEAK,
                Signal.Confidence.CONFIRMED,
                Signal.Exposure.PUBLIC,
                "https://example.org/gist",
                credential,
                fingerprint,
                "alice",
                "a test saw it",
                NOON);
    }
}
