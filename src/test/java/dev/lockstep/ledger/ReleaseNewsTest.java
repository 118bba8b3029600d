package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who gets a version before the others, and whom it is taken away from, is told so and nobody else. */
class ReleaseNewsTest {

    private static final SecretRef FIRST = new SecretRef(ORDERS, 1);
    private static final SecretRef SECOND = new SecretRef(ORDERS, 2);

    /** Version 1 is current, version 2 staged; both were placed if they had to be. */
    private static void staged(TestLedger ledger) {
        ledger.queued(ORDERS);
        ledger.consumers()
                .register(ORDERS, List.of(Consumer.named("jobs"), Consumer.named("mail"), Consumer.named("web")));
        ledger.versions().reserve(ORDERS, null, "app_a", "f".repeat(64), "rules");
        ledger.versions().promote(FIRST);
        ledger.versions().reserve(ORDERS, null, "app_b", "e".repeat(64), "rules");
        news(ledger);
    }

    private static List<String> news(TestLedger ledger) {
        List<VersionChange> told = new ArrayList<>();
        ledger.versionChanges().place(1000, told::add);
        return told.stream().map(ReleaseNewsTest::text).toList();
    }

    private static String text(VersionChange change) {
        return change.place()
                + " " + change.sort()
                + " " + change.ref().version()
                + " to " + Objects.requireNonNullElse(change.consumer(), "all");
    }

    @OnEachDatabase
    void a_release_is_told_once_to_each_that_gets_the_version(LedgerStand stand) {
        staged(stand.ledger);
        Consumers consumers = stand.ledger.consumers();

        consumers.release(SECOND, List.of("web", "jobs", "stranger"));
        consumers.release(SECOND, List.of("web", "jobs"));
        assertThat(news(stand.ledger)).containsExactly("2 released 2 to jobs", "3 released 2 to web");

        consumers.release(SECOND, List.of("mail", "web"));
        assertThat(news(stand.ledger)).containsExactly("4 released 2 to mail");
        assertThat(stand.ledger.versionChanges().after(2, 1))
                .containsExactly(new VersionChange(3, SECOND, VersionChange.Kind.RELEASED, "web", NOON));
    }

    @OnEachDatabase
    void two_nodes_that_release_at_once_tell_once(LedgerStand stand) {
        staged(stand.ledger);

        Together.run(2, () -> {
            stand.ledger.consumers().release(SECOND, List.of("mail", "web"));
            return 0;
        });

        assertThat(news(stand.ledger)).containsExactly("2 released 2 to mail", "3 released 2 to web");
    }

    @OnEachDatabase
    void what_is_rolled_back_is_neither_done_nor_told(LedgerStand stand) {
        staged(stand.ledger);
        Consumers consumers = stand.ledger.consumers();

        Failures.rolledBack(stand.ledger, () -> consumers.release(SECOND, List.of("web")));
        assertThat(consumers.served(ORDERS, "web")).contains(FIRST);
        assertThat(news(stand.ledger)).isEmpty();

        consumers.release(SECOND, List.of("web"));
        news(stand.ledger);
        Failures.rolledBack(stand.ledger, () -> consumers.withdraw(SECOND));
        assertThat(consumers.served(ORDERS, "web")).contains(SECOND);
        assertThat(news(stand.ledger)).isEmpty();
    }

    @OnEachDatabase
    void a_withdrawal_is_told_once_to_those_that_had_the_version(LedgerStand stand) {
        staged(stand.ledger);
        Consumers consumers = stand.ledger.consumers();
        consumers.release(SECOND, List.of("web", "mail"));
        news(stand.ledger);

        consumers.withdraw(SECOND);
        consumers.withdraw(SECOND);
        stand.ledger.versions().move(SECOND, Stage.STAGED, Stage.DISCARDED);
        consumers.withdraw(SECOND);

        assertThat(news(stand.ledger)).containsExactly("4 withdrawn 2 to mail", "5 withdrawn 2 to web");
        assertThat(consumers.served(ORDERS, "web")).contains(FIRST);
    }

    @OnEachDatabase
    void a_version_that_ends_without_a_withdrawal_is_withdrawn_by_that(LedgerStand stand) {
        staged(stand.ledger);
        stand.ledger.consumers().release(SECOND, List.of("web"));
        news(stand.ledger);

        stand.ledger.versions().move(SECOND, Stage.STAGED, Stage.DISCARDED);
        stand.ledger.versions().move(SECOND, Stage.STAGED, Stage.DISCARDED);

        assertThat(news(stand.ledger)).containsExactly("3 withdrawn 2 to web");
        assertThat(stand.ledger.consumers().of(ORDERS))
                .extracting(Consumers.Sighting::released)
                .containsOnlyNulls();
    }

    @OnEachDatabase
    void after_the_promotion_all_are_told_the_same_and_nobody_is_served_what_is_taken_back(LedgerStand stand) {
        staged(stand.ledger);
        Consumers consumers = stand.ledger.consumers();
        Versions versions = stand.ledger.versions();
        consumers.release(SECOND, List.of("web"));
        versions.promote(SECOND);
        consumers.release(SECOND, List.of("mail"));
        consumers.withdraw(new SecretRef(ORDERS, 3));
        assertThat(news(stand.ledger)).containsExactly("2 released 2 to web", "3 promoted 2 to all");

        versions.demote(SECOND, FIRST);
        assertThat(consumers.served(ORDERS, "web")).contains(FIRST);
        consumers.withdraw(SECOND);
        versions.move(SECOND, Stage.STAGED, Stage.DISCARDED);

        assertThat(news(stand.ledger)).containsExactly("4 promoted 1 to all");
    }

    @OnEachDatabase
    void withdrawing_what_is_current_tells_nothing(LedgerStand stand) {
        staged(stand.ledger);
        stand.ledger.consumers().release(SECOND, List.of("web"));
        stand.ledger.versions().promote(SECOND);
        news(stand.ledger);

        stand.ledger.consumers().withdraw(SECOND);

        assertThat(news(stand.ledger)).isEmpty();
        assertThat(stand.ledger.consumers().served(ORDERS, "web")).contains(SECOND);
    }

    @OnEachDatabase
    void who_is_no_consumer_any_more_is_told_that_it_lost_the_version(LedgerStand stand) {
        staged(stand.ledger);
        Consumers consumers = stand.ledger.consumers();
        consumers.enroll(ORDERS, Consumer.named("guest"));
        consumers.release(SECOND, List.of("guest", "mail"));
        news(stand.ledger);

        consumers.dismiss(ORDERS, "mail");
        assertThat(news(stand.ledger)).as("the configuration names it").isEmpty();
        consumers.dismiss(ORDERS, "guest");
        consumers.dismiss(ORDERS, "guest");
        consumers.register(ORDERS, List.of(Consumer.named("web")));

        assertThat(news(stand.ledger)).containsExactly("4 withdrawn 2 to guest", "5 withdrawn 2 to mail");
    }

    @OnEachDatabase
    void these_too_are_forgotten_by_their_places(LedgerStand stand) {
        staged(stand.ledger);
        stand.ledger.consumers().release(SECOND, List.of("web"));
        news(stand.ledger);
        stand.clock.advance(Duration.ofDays(1));
        stand.ledger.consumers().withdraw(SECOND);
        news(stand.ledger);

        stand.ledger.versionChanges().forget(NOON.plusSeconds(1));

        assertThat(stand.ledger.versionChanges().forgotten()).isEqualTo(2);
        assertThat(stand.ledger.versionChanges().after(0, 10))
                .extracting(ReleaseNewsTest::text)
                .containsExactly("3 withdrawn 2 to web");
    }

    /** By its statements; it shares the database with a newer one while both are there. */
    @Test
    void a_node_of_the_release_before_takes_no_release_for_the_end_of_a_version() {
        try (TestLedger ledger =
                TestLedger.on(TestDatabase.open(TestDatabase.Kind.POSTGRESQL), TestClock.frozenAt(NOON), event -> {})) {
            JdbcClient jdbc = ledger.database().jdbc();
            staged(ledger);
            ledger.consumers().release(SECOND, List.of("web"));
            jdbc.sql("INSERT INTO version_change (credential, version, stage, changed_at)"
                            + " VALUES (:credential, 1, 'RETIRED', now())")
                    .param("credential", ORDERS.value())
                    .update();

            assertThat(jdbc.sql("SELECT id FROM version_change WHERE place IS NULL")
                            .query(Long.class)
                            .list())
                    .hasSize(1);
            jdbc.sql("UPDATE version_change SET place = 2 WHERE place IS NULL").update();
            jdbc.sql("UPDATE version_change_last SET place = 2").update();

            assertThat(news(ledger)).containsExactly("3 released 2 to web");
            assertThat(jdbc.sql("SELECT stage FROM version_change WHERE place > 0 ORDER BY place")
                            .query(String.class)
                            .list())
                    .containsExactly("CURRENT", "RETIRED");
            jdbc.sql("DELETE FROM version_change WHERE place <= 3").update();
            assertThat(ledger.versionChanges().after(0, 10))
                    .extracting(ReleaseNewsTest::text)
                    .containsExactly("3 released 2 to web");
        }
    }
}
