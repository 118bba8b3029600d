package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Migrations;
import java.util.List;
import java.util.Map;

class MigrationRecordsTest {

    @OnEachDatabase
    void a_migration_is_planned_goes_on_and_is_done(LedgerStand stand) {
        MigrationRecords records = stand.ledger.migrationRecords();
        long id = records.add("rotation", "1.0", "1.1", Map.of("B", "C", "A", "A2"), 3, "dora");
        assertThat(records.find(id))
                .contains(new Migrations.Migration(
                        id,
                        "rotation",
                        "1.0",
                        "1.1",
                        Map.of("A", "A2", "B", "C"),
                        Migrations.Status.PLANNED,
                        3,
                        0,
                        0,
                        "",
                        "dora",
                        NOON,
                        null));

        assertThat(records.begin(id)).isTrue();
        assertThat(records.begin(id)).as("again, after a node was lost").isTrue();
        records.moved(id);
        records.moved(id);
        records.done(id, List.of("instance x does not fit"));
        Migrations.Migration done = records.find(id).orElseThrow();
        assertThat(done.status()).isEqualTo(Migrations.Status.DONE);
        assertThat(done.moved()).isEqualTo(2);
        assertThat(done.left()).isEqualTo(1);
        assertThat(done.problems()).isEqualTo("instance x does not fit");
        assertThat(done.endedAt()).isEqualTo(NOON);
        assertThat(records.begin(id)).isFalse();

        long later = records.add("rotation", "1.1", "1.2", Map.of(), 0, "dora");
        records.done(later, List.of("y".repeat(5000)));
        assertThat(records.of("rotation")).extracting(Migrations.Migration::id).containsExactly(later, id);
        assertThat(records.find(later).orElseThrow().problems()).hasSize(4000);
        assertThat(records.of("schedule")).isEmpty();
    }

    @OnEachDatabase
    void an_operation_that_was_moved_runs_on_the_new_version(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        stand.ledger.runVersions().choose(new RunVersion(operation.id(), "rotation:1:a", "rotation", "1.0", 7L));
        stand.ledger.runVersions().move(operation.id(), "rotation:2:b", "1.1");
        assertThat(stand.ledger.runVersions().of(operation.id()))
                .contains(new RunVersion(operation.id(), "rotation:2:b", "rotation", "1.1", 7L));
    }
}
