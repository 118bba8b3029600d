package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.domain.VersionChange.Kind;
import dev.lockstep.port.VersionChanges;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** What programs are told of versions stands in one order for all nodes. */
class VersionChangesTest {

    private static SecretRef staged(LedgerStand stand) {
        return stand.ledger
                .versions()
                .reserve(ORDERS, null, "orders", "f".repeat(64), "rules")
                .ref();
    }

    private static List<VersionChange> placed(LedgerStand stand) {
        List<VersionChange> told = new ArrayList<>();
        stand.ledger.versionChanges().place(1000, told::add);
        return told;
    }

    @OnEachDatabase
    void what_begins_and_what_ends_gets_its_place_and_nothing_else_does(LedgerStand stand) {
        Versions versions = stand.ledger.versions();
        stand.ledger.queued(ORDERS);
        SecretRef first = staged(stand);
        versions.promote(first);
        stand.clock.advance(Duration.ofMinutes(1));
        SecretRef second = staged(stand);
        versions.promote(second);
        versions.demote(second, first);
        versions.move(second, Stage.STAGED, Stage.DISCARDED);
        versions.move(first, Stage.CURRENT, Stage.REVOKED);
        versions.move(first, Stage.CURRENT, Stage.RETIRED);

        List<VersionChange> told = placed(stand);

        assertThat(told)
                .containsExactly(
                        new VersionChange(1, first, Kind.PROMOTED, null, NOON),
                        new VersionChange(2, second, Kind.PROMOTED, null, NOON.plusSeconds(60)),
                        new VersionChange(3, first, Kind.PROMOTED, null, NOON.plusSeconds(60)),
                        new VersionChange(4, first, Kind.REVOKED, null, NOON.plusSeconds(60)));
        VersionChanges changes = stand.ledger.versionChanges();
        assertThat(changes.after(0, 100)).isEqualTo(told);
        assertThat(changes.after(2, 1)).containsExactly(told.get(2));
        assertThat(changes.last()).isEqualTo(4);
        assertThat(placed(stand)).isEmpty();
    }

    @OnEachDatabase
    void what_was_rolled_back_is_not_told(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        SecretRef first = staged(stand);

        Failures.rolledBack(stand.ledger, () -> stand.ledger.versions().promote(first));

        assertThat(placed(stand)).isEmpty();
    }

    @OnEachDatabase
    void what_is_committed_late_comes_after_what_was_told_meanwhile(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        stand.ledger.queued(BILLING);
        SecretRef late = staged(stand);
        SecretRef soon = stand.ledger
                .versions()
                .reserve(BILLING, null, "billing", "e".repeat(64), "rules")
                .ref();

        stand.ledger.inTransaction(() -> {
            stand.ledger.versions().promote(late);
            Together.run(1, () -> stand.ledger.versions().promote(soon));
            assertThat(Together.run(1, () -> placed(stand)).get(0))
                    .extracting(VersionChange::place, VersionChange::ref)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, soon));
            return late;
        });

        assertThat(placed(stand))
                .extracting(VersionChange::place, VersionChange::ref)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, late));
        assertThat(stand.ledger.versionChanges().after(1, 10))
                .extracting(VersionChange::ref)
                .containsExactly(late);
    }

    @OnEachDatabase
    void of_many_nodes_one_places_each_change(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        for (int i = 0; i < 40; i++) {
            stand.ledger.versions().move(staged(stand), Stage.STAGED, Stage.RETIRED);
        }
        List<VersionChange> told = Collections.synchronizedList(new ArrayList<>());

        Together.run(4, () -> {
            int placed = 1;
            while (placed > 0) {
                placed = stand.ledger.versionChanges().place(7, told::add);
            }
            return placed;
        });

        assertThat(told)
                .extracting(VersionChange::place)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(told).extracting(VersionChange::ref).doesNotHaveDuplicates();
    }

    @OnEachDatabase
    void who_fails_to_tell_leaves_it_to_the_next(LedgerStand stand) {
        stand.ledger.queued(ORDERS);
        stand.ledger.versions().promote(staged(stand));

        assertThatThrownBy(() -> stand.ledger.versionChanges().place(10, change -> {
                    throw new IllegalStateException("died");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stand.ledger.versionChanges().last()).isZero();
        assertThat(placed(stand)).hasSize(1);
    }

    @OnEachDatabase
    void what_is_forgotten_is_known_to_be(LedgerStand stand) {
        VersionChanges changes = stand.ledger.versionChanges();
        stand.ledger.queued(ORDERS);
        SecretRef first = staged(stand);
        stand.ledger.versions().promote(first);
        stand.clock.advance(Duration.ofDays(1));
        stand.ledger.versions().move(first, Stage.CURRENT, Stage.REVOKED);
        placed(stand);
        changes.forget(NOON);
        assertThat(changes.forgotten()).isZero();
        assertThat(changes.after(0, 10)).hasSize(2);

        changes.forget(NOON.plusSeconds(1));
        changes.forget(NOON);

        assertThat(changes.forgotten()).isEqualTo(1);
        assertThat(changes.after(0, 10)).extracting(VersionChange::place).containsExactly(2L);
        assertThat(changes.last()).isEqualTo(2);
    }
}
