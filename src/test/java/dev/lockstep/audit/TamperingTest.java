package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import dev.lockstep.port.AuditReview.Verdict;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody with every right in the database can do, and what verification says about it. */
class TamperingTest {

    private final Path directory;

    TamperingTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({
        "actor, 'mallory'",
        "action, 'target.verify'",
        "phase, 'FACT'",
        "subject, 'prod/shop/postgres/other'",
        "operation, NULL",
        "details, '{}'",
        "recorded_at, TIMESTAMP WITH TIME ZONE '2020-01-01 00:00:00+00:00'"
    })
    void anEditedEventIsNamed(String column, String value) {
        for (Kind kind : Kind.values()) {
            try (AuditStand stand = AuditStand.open(kind, directory)) {
                stand.sealed(6);
                String quoted = value.equals("NULL") || value.startsWith("TIMESTAMP") ? value : "'" + value + "'";
                stand.tamper(
                        "UPDATE audit_event SET %s = %s WHERE id = %d".formatted(column, quoted, stand.eventAt(4)));

                assertFirstBad(stand, Problem.EDITED, 4).returns(stand.eventAt(4), Finding::event);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstOfTwoEditedEventsIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(2500);
            stand.tamper(
                    "UPDATE audit_event SET actor = 'mallory' WHERE id = " + stand.eventAt(2400),
                    "UPDATE audit_event SET actor = 'mallory' WHERE id = " + stand.eventAt(2001));

            assertFirstBad(stand, Problem.EDITED, 2001);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditedHashIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper("UPDATE audit_seal SET hash = 'nonsense' WHERE position = 6");

            assertFirstBad(stand, Problem.EDITED, 6);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeletedEventIsNamedByItsSeal(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            long event = stand.eventAt(1);
            stand.tamper("DELETE FROM audit_event WHERE id = " + event);

            assertFirstBad(stand, Problem.DELETED, 1).returns(event, Finding::event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventDeletedWithItsSealLeavesAHole(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper(
                    "DELETE FROM audit_event WHERE id = " + stand.eventAt(3),
                    "DELETE FROM audit_seal WHERE position = 3");

            assertFirstBad(stand, Problem.DELETED, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHoleClosedByShiftingIsNamedWhereItWas(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper(
                    "DELETE FROM audit_event WHERE id = " + stand.eventAt(3),
                    "DELETE FROM audit_seal WHERE position = 3",
                    "UPDATE audit_seal SET position = 3 WHERE position = 4",
                    "UPDATE audit_seal SET position = 4 WHERE position = 5",
                    "UPDATE audit_seal SET position = 5 WHERE position = 6");

            assertFirstBad(stand, Problem.EDITED, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatLostItsSealIsBad(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            long middle = stand.eventAt(3);
            long last = stand.eventAt(6);
            stand.tamper("DELETE FROM audit_seal WHERE position = 6");
            assertThat(stand.verify().firstBad())
                    .returns(Problem.WITHOUT_SEAL, Finding::problem)
                    .returns(last, Finding::event);

            stand.tamper("DELETE FROM audit_seal WHERE position = 3");
            assertFirstBad(stand, Problem.WITHOUT_SEAL, 3).returns(middle, Finding::event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventInsertedBehindTheTrailIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper(copyOf(stand.eventAt(2), 1000));

            assertThat(stand.verify().firstBad())
                    .returns(Problem.WITHOUT_SEAL, Finding::problem)
                    .returns(1000L, Finding::event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryInsertedWithAWrongHashIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            makeRoomAt3(stand, "f".repeat(64));

            assertFirstBad(stand, Problem.INSERTED, 3).returns(1000L, Finding::event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryInsertedWithAComputedHashIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            Chain.Link second = stand.chain.page(1, 1).get(0);
            StoredEvent copy = Objects.requireNonNull(second.event()).withId(1000);
            makeRoomAt3(stand, ChainHash.of(second.hash(), 3, copy));

            assertFirstBad(stand, Problem.INSERTED, 3).returns(1000L, Finding::event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEntryBeforeTheFirstIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(2);
            stand.tamper(copyOf(stand.eventAt(1), 1000), seal(0, 1000, "0".repeat(64)));

            assertFirstBad(stand, Problem.INSERTED, 0).returns(1000L, Finding::event);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, 3, 4", "H2, 2, 6", "POSTGRESQL, 3, 4", "POSTGRESQL, 5, 6", "H2, 5, 6"})
    void swappedEventsAreNamedAtTheFirst(Kind kind, int one, int other) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper(
                    "UPDATE audit_event SET details = '{\"number\":\"%d\",\"principal\":\"orders_app\"}' WHERE id = %d"
                            .formatted(other, stand.eventAt(one)),
                    "UPDATE audit_event SET details = '{\"number\":\"%d\",\"principal\":\"orders_app\"}' WHERE id = %d"
                            .formatted(one, stand.eventAt(other)));

            assertFirstBad(stand, Problem.SWAPPED, one).returns(stand.eventAt(one), Finding::event);
        }
    }

    @ParameterizedTest
    @CsvSource({"H2, 3, 4", "H2, 2, 6", "POSTGRESQL, 3, 4", "POSTGRESQL, 5, 6", "H2, 5, 6"})
    void swappedPlacesAreNamedAtTheFirst(Kind kind, int one, int other) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.tamper(
                    "UPDATE audit_seal SET position = 99 WHERE position = " + one,
                    "UPDATE audit_seal SET position = %d WHERE position = %d".formatted(one, other),
                    "UPDATE audit_seal SET position = %d WHERE position = 99".formatted(other));

            assertFirstBad(stand, Problem.SWAPPED, one);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutTailIsFoundByTheCheckpoint(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.checkpoint();
            cutFrom(stand, 5);

            assertFirstBad(stand, Problem.CUT, 5).returns(6L, Finding::through);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEmptiedTrailIsFoundByTheCheckpoint(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(6);
            stand.checkpoint();
            cutFrom(stand, 1);
            stand.tamper("DELETE FROM audit_checkpoint");

            assertFirstBad(stand, Problem.CUT, 1).returns(6L, Finding::through);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForkThatIsSoundInItselfIsFoundByTheCheckpoint(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(4);
            stand.checkpoint();
            stand.sealed(4);
            stand.checkpoint();
            cutFrom(stand, 6);
            stand.sealed(5);

            assertFirstBad(stand, Problem.FORKED, 5).returns(8L, Finding::through);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventDeletedBeforeItWasSealedIsNamed(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.append(1);
            long event = stand.jdbc
                    .sql("SELECT MAX(id) FROM audit_event")
                    .query(Long.class)
                    .single();
            stand.tamper("DELETE FROM audit_event");
            stand.seal();

            assertThat(stand.verify())
                    .returns(false, Verdict::intact)
                    .extracting(Verdict::firstBad)
                    .returns(Problem.DELETED, Finding::problem)
                    .returns(event, Finding::event);
        }
    }

    private static void makeRoomAt3(AuditStand stand, String hash) {
        stand.tamper(
                "UPDATE audit_seal SET position = 7 WHERE position = 6",
                "UPDATE audit_seal SET position = 6 WHERE position = 5",
                "UPDATE audit_seal SET position = 5 WHERE position = 4",
                "UPDATE audit_seal SET position = 4 WHERE position = 3",
                copyOf(stand.eventAt(2), 1000),
                seal(3, 1000, hash));
    }

    private static void cutFrom(AuditStand stand, long position) {
        stand.tamper(
                "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE position >= %d)"
                        .formatted(position),
                "DELETE FROM audit_seal WHERE position >= " + position);
    }

    private static String copyOf(long event, long id) {
        return """
                INSERT INTO audit_event (id, recorded_at, actor, action, phase, subject, operation, details)
                SELECT %d, recorded_at, actor, action, phase, subject, operation, details
                FROM audit_event WHERE id = %d
                """.formatted(id, event);
    }

    private static String seal(long position, long event, String hash) {
        return "INSERT INTO audit_seal (position, event_id, hash) VALUES (%d, %d, '%s')"
                .formatted(position, event, hash);
    }

    private static ObjectAssert<Finding> assertFirstBad(AuditStand stand, Problem problem, long position) {
        Verdict verdict = stand.verify();
        assertThat(verdict.intact()).isFalse();
        return assertThat(verdict.firstBad()).returns(problem, Finding::problem).returns(position, Finding::position);
    }
}
