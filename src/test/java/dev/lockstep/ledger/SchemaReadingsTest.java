package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.port.SchemaReadings;
import dev.lockstep.port.SchemaReadings.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

class SchemaReadingsTest {

    private static final Reading WEB_1 = new Reading("database-user", new SchemaVersion(1), "web");
    private static final Reading WEB_2 = new Reading("database-user", new SchemaVersion(2), "web");
    private static final Reading JOB_10 = new Reading("database-user", new SchemaVersion(10), "job");
    private static final Reading KEY = new Reading("api-key", new SchemaVersion(1), "web");

    @OnEachDatabase
    void what_was_read_is_known_from_its_last_time_on(LedgerStand stand) {
        SchemaReadings readings = stand.ledger.schemaReadings();
        Instant begin = stand.ledger.clock().instant().truncatedTo(ChronoUnit.MICROS);
        readings.note(List.of(WEB_2, WEB_1, KEY));
        stand.ledger.clock().advance(Duration.ofHours(2));
        readings.note(List.of(WEB_2, JOB_10));
        readings.note(List.of());

        assertThat(readings.since(begin)).containsExactly(KEY, WEB_1, WEB_2, JOB_10);
        assertThat(readings.since(begin.plusSeconds(1))).containsExactly(WEB_2, JOB_10);
        assertThat(readings.since(stand.ledger.clock().instant().plusSeconds(1)))
                .isEmpty();
    }

    @OnEachDatabase
    void nodes_that_are_told_at_once_do_not_hinder_each_other(LedgerStand stand) {
        SchemaReadings readings = stand.ledger.schemaReadings();
        Together.run(4, () -> {
            for (int i = 0; i < 20; i++) {
                readings.note(List.of(WEB_1, WEB_2, JOB_10, KEY));
            }
            return true;
        });

        assertThat(readings.since(Instant.EPOCH)).hasSize(4);
    }
}
