package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.util.Optional;

class VersionsTest {

    private static final String PRINT = "f".repeat(64);

    @OnEachDatabase
    void versions_of_a_credential_are_numbered_from_one(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        stand.ledger.queued(BILLING);

        Version first = versions.reserve(ORDERS, null, "orders_app", PRINT, "imported");
        stand.clock.advance(Duration.ofMinutes(1));
        Version second = versions.reserve(ORDERS, operation.id(), "orders_app_b", PRINT, "rules");
        Version other = versions.reserve(BILLING, null, "billing", PRINT, "imported");

        assertThat(first)
                .isEqualTo(new Version(ref(1), Stage.STAGED, "orders_app", PRINT, "imported", null, NOON, NOON));
        assertThat(second.operation()).isEqualTo(operation.id());
        assertThat(second.ref()).isEqualTo(ref(2));
        assertThat(other.ref()).isEqualTo(new SecretRef(BILLING, 1));
        assertThat(versions.list(ORDERS)).containsExactly(second, first);
        assertThat(versions.find(ref(2))).contains(second);
        assertThat(versions.find(ref(3))).isEmpty();
    }

    @OnEachDatabase
    void a_reserved_version_survives_the_rollback_of_the_caller(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        Failures.rolledBack(stand.ledger, () -> stand.ledger.reserve(operation));

        assertThat(stand.ledger.versions().candidate(operation.id()))
                .map(Version::ref)
                .contains(ref(1));
    }

    @OnEachDatabase
    void two_workers_never_get_the_same_number(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        var reserved = Together.run(8, () -> reserveOrRefused(stand.ledger, operation));

        assertThat(reserved.stream().flatMap(Optional::stream)).isNotEmpty().doesNotHaveDuplicates();
        assertThat(stand.ledger.versions().list(ORDERS))
                .hasSize((int) reserved.stream().flatMap(Optional::stream).count());
    }

    private static Optional<SecretRef> reserveOrRefused(TestLedger ledger, Operation operation) {
        try {
            return Optional.of(ledger.reserve(operation).ref());
        } catch (RetryableException lost) {
            assertThat(lost.code()).isEqualTo(FailureCode.LEDGER_UNAVAILABLE);
            return Optional.empty();
        }
    }

    @OnEachDatabase
    void a_version_of_an_unknown_credential_is_a_defect(LedgerStand stand) {
        Failures.assertPermanent(
                        FailureCode.INTERNAL_ERROR,
                        () -> stand.ledger.versions().reserve(ORDERS, null, "orders_app", PRINT, "rules"))
                .withMessageContaining("SQL state 23")
                .withNoCause();
    }

    @OnEachDatabase
    void only_a_staged_version_gets_a_new_fingerprint_and_keeps_it_through_a_rollback(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef ref = stand.ledger.reserve(operation).ref();

        Failures.rolledBack(stand.ledger, () -> versions.refingerprint(ref, PRINT));
        assertThat(versions.find(ref).orElseThrow().fingerprint()).isEqualTo(PRINT);

        versions.promote(ref);
        versions.refingerprint(ref, "a".repeat(64));
        assertThat(versions.find(ref).orElseThrow().fingerprint()).isEqualTo(PRINT);
    }

    @OnEachDatabase
    void the_candidate_is_the_newest_of_the_operation_that_is_neither_revoked_nor_retired(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        assertThat(versions.candidate(operation.id())).isEmpty();
        SecretRef first = stand.ledger.reserve(operation).ref();
        SecretRef second = stand.ledger.reserve(operation).ref();
        versions.reserve(ORDERS, null, "orders_app", PRINT, "rules");

        assertThat(versions.candidate(operation.id())).map(Version::ref).contains(second);
        versions.move(second, Stage.STAGED, Stage.REVOKED);
        assertThat(versions.candidate(operation.id())).map(Version::ref).contains(first);
        versions.move(first, Stage.STAGED, Stage.RETIRED);
        assertThat(versions.candidate(operation.id())).isEmpty();
    }

    @OnEachDatabase
    void a_version_moves_only_from_the_stage_it_is_expected_in(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        SecretRef ref = stand.ledger.reserve(stand.ledger.queued(ORDERS)).ref();
        stand.clock.advance(Duration.ofMinutes(5));

        assertThat(versions.move(ref, Stage.CURRENT, Stage.PREVIOUS)).isFalse();
        assertThat(versions.move(ref, Stage.STAGED, Stage.DISCARDED)).isTrue();
        assertThat(versions.move(ref, Stage.STAGED, Stage.DISCARDED)).isFalse();
        assertThat(versions.move(ref(9), Stage.STAGED, Stage.DISCARDED)).isFalse();

        Version moved = versions.find(ref).orElseThrow();
        assertThat(moved.stage()).isEqualTo(Stage.DISCARDED);
        assertThat(moved.createdAt()).isEqualTo(NOON);
        assertThat(moved.changedAt()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
    }

    @OnEachDatabase
    void what_is_proven_dead_needs_no_proof_until_somebody_doubts_it(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef old = stand.ledger.reserve(operation).ref();
        SecretRef leaked = stand.ledger.reserve(operation).ref();
        versions.provenDead(old);
        versions.move(old, Stage.STAGED, Stage.REVOKED);
        assertThat(versions.unproven(ORDERS))
                .as("only what is at rest is dead")
                .extracting(Version::ref)
                .containsExactly(old);

        versions.provenDead(old);
        versions.move(leaked, Stage.STAGED, Stage.REVOKED);

        assertThat(versions.unproven(ORDERS)).extracting(Version::ref).containsExactly(leaked);
        versions.doubt(old);
        assertThat(versions.unproven(ORDERS)).extracting(Version::ref).containsExactly(leaked, old);
        versions.erased(old);
        assertThat(versions.unproven(ORDERS)).extracting(Version::ref).containsExactly(leaked);
    }

    @OnEachDatabase
    void promotion_makes_the_candidate_current_and_the_current_one_previous(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef first = stand.ledger.reserve(operation).ref();
        assertThat(versions.current(ORDERS)).isEmpty();
        assertThat(versions.promote(first)).isTrue();
        assertThat(versions.current(ORDERS)).map(Version::ref).contains(first);

        SecretRef second = stand.ledger.reserve(operation).ref();
        assertThat(versions.promote(second)).isTrue();

        assertThat(versions.current(ORDERS)).map(Version::ref).contains(second);
        assertThat(versions.in(ORDERS, Stage.PREVIOUS)).extracting(Version::ref).containsExactly(first);
    }

    @OnEachDatabase
    void promoting_what_is_not_staged_changes_nothing(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef first = stand.ledger.reserve(operation).ref();
        SecretRef second = stand.ledger.reserve(operation).ref();
        versions.promote(first);
        versions.move(second, Stage.STAGED, Stage.DISCARDED);

        assertThat(versions.promote(first)).isFalse();
        assertThat(versions.promote(second)).isFalse();
        assertThat(versions.promote(ref(7))).isFalse();
        assertThat(versions.current(ORDERS)).map(Version::ref).contains(first);
    }

    @OnEachDatabase
    void a_demotion_undoes_the_promotion(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef first = stand.ledger.reserve(operation).ref();
        versions.promote(first);
        SecretRef second = stand.ledger.reserve(operation).ref();
        versions.promote(second);

        assertThat(versions.demote(second, first)).isTrue();

        assertThat(versions.current(ORDERS)).map(Version::ref).contains(first);
        assertThat(versions.find(second).orElseThrow().stage()).isEqualTo(Stage.STAGED);
        assertThat(versions.demote(second, first)).isFalse();
        assertThat(versions.demote(first, null)).isTrue();
        assertThat(versions.current(ORDERS)).isEmpty();
    }

    @OnEachDatabase
    void a_demotion_to_a_version_that_is_no_longer_previous_changes_nothing(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef first = stand.ledger.reserve(operation).ref();
        versions.promote(first);
        SecretRef second = stand.ledger.reserve(operation).ref();
        versions.promote(second);
        versions.move(first, Stage.PREVIOUS, Stage.REVOKED);

        assertThat(versions.demote(second, first)).isFalse();

        assertThat(versions.current(ORDERS)).map(Version::ref).contains(second);
        assertThat(versions.find(first).orElseThrow().stage()).isEqualTo(Stage.REVOKED);
    }

    @OnEachDatabase
    void the_database_refuses_a_second_current_version(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        versions.promote(stand.ledger.reserve(operation).ref());
        SecretRef second = stand.ledger.reserve(operation).ref();

        Failures.assertRetryable(
                FailureCode.LEDGER_UNAVAILABLE, () -> versions.move(second, Stage.STAGED, Stage.CURRENT));
        assertThat(versions.in(ORDERS, Stage.CURRENT)).hasSize(1);
    }

    @OnEachDatabase
    void of_several_workers_that_promote_the_same_candidate_one_wins(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef candidate = stand.ledger.reserve(operation).ref();

        var won = Together.run(8, () -> versions.promote(candidate));

        assertThat(won).containsOnlyOnce(true);
        assertThat(versions.current(ORDERS)).map(Version::ref).contains(candidate);
    }

    @OnEachDatabase
    void stages_move_in_the_transaction_of_the_caller(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        Operation operation = stand.ledger.queued(ORDERS);
        SecretRef first = stand.ledger.reserve(operation).ref();
        versions.promote(first);
        SecretRef second = stand.ledger.reserve(operation).ref();
        Failures.rolledBack(stand.ledger, () -> {
            versions.promote(second);
            versions.demote(second, first);
            versions.move(second, Stage.STAGED, Stage.DISCARDED);
        });

        assertThat(versions.find(first).orElseThrow().stage()).isEqualTo(Stage.CURRENT);
        assertThat(versions.find(second).orElseThrow().stage()).isEqualTo(Stage.STAGED);
    }

    private static SecretRef ref(int version) {
        return new SecretRef(ORDERS, version);
    }
}
