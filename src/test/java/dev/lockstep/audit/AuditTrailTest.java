package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditReview.Entry;
import dev.lockstep.port.AuditReview.Filter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditTrailTest {

    private final Path directory;

    AuditTrailTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @EnumSource
    void anEventIsReadBackAsItWasWritten(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.append(1);

            Entry entry = stand.review().entries(Filter.ALL, null, 10).get(0);

            assertThat(entry.recordedAt()).isEqualTo(stand.clock.instant());
            assertThat(entry.actor()).isEqualTo("lockstep");
            assertThat(entry.action()).isEqualTo("target.apply");
            assertThat(entry.phase()).isEqualTo("INTENT");
            assertThat(entry.subject()).isEqualTo(AuditStand.SUBJECT);
            assertThat(entry.operation()).isEqualTo(17L);
            assertThat(entry.details()).isEqualTo(Map.of("number", "1", "principal", "orders_app"));
            assertThat(entry.position()).isNull();
            stand.seal();
            assertThat(stand.review().entries(Filter.ALL, null, 10).get(0).position())
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRolledBackTransactionLeavesNoEvent(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.transaction.executeWithoutResult(status -> {
                stand.append(1);
                status.setRollbackOnly();
            });

            assertThat(stand.count("audit_event")).isZero();
            assertThat(stand.count("audit_pending")).isZero();
            stand.sealed(1);
            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEventThatCannotBeWrittenUndoesTheChangeItTellsOf(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.jdbc.sql("CREATE TABLE change (what VARCHAR(10))").update();
            stand.jdbc.sql("ALTER TABLE audit_pending RENAME TO mislaid").update();

            assertThatThrownBy(() -> stand.transaction.executeWithoutResult(status -> {
                        stand.jdbc.sql("INSERT INTO change VALUES ('made')").update();
                        stand.append(1);
                    }))
                    .isInstanceOfSatisfying(
                            RetryableException.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.AUDIT_UNAVAILABLE))
                    .hasNoCause();

            assertThat(stand.count("change")).isZero();
            assertThat(stand.count("audit_event")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnreachableDatabaseIsReportedAsRetryable(Kind kind) {
        AuditStand stand = AuditStand.open(kind, directory);
        stand.close();

        assertThatThrownBy(() -> stand.append(1))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.AUDIT_UNAVAILABLE));
        assertThatThrownBy(stand::verify)
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.AUDIT_UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource
    void textThatDoesNotFitIsCutAndMarked(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            String message = "é\uD83D\uDD11\0".repeat(3000);
            stand.trail.append(new AuditEvent(
                    "a".repeat(999),
                    "b".repeat(999),
                    AuditEvent.Phase.FACT,
                    "half a pair \uD83D and NUL \0" + "c".repeat(999),
                    null,
                    Map.of("message", message, "version", "3")));
            stand.seal();

            Entry entry = stand.review().entries(Filter.ALL, null, 1).get(0);

            assertThat(entry.actor()).hasSize(255).endsWith("…");
            assertThat(entry.action()).hasSize(100).endsWith("…");
            assertThat(entry.subject()).hasSize(255).startsWith("half a pair ? and NUL \uFFFDc");
            assertThat(entry.details())
                    .containsEntry("version", "3")
                    .containsEntry("_truncated", "12028")
                    .hasEntrySatisfying(
                            "message",
                            text -> assertThat(text).hasSizeGreaterThan(1000).endsWith("…"));
            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void entriesArePagedNewestFirstBySubjectAndOperation(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(5);
            stand.trail.append(
                    new AuditEvent("mia", "policy.change", AuditEvent.Phase.FACT, "policy/standard", null, Map.of()));

            List<Entry> first = stand.review().entries(Filter.subject(AuditStand.SUBJECT), null, 2);
            List<Entry> second =
                    stand.review().entries(Filter.operation(17), first.get(1).id(), 10);

            assertThat(first).extracting(entry -> entry.details().get("number")).containsExactly("5", "4");
            assertThat(second)
                    .extracting(entry -> entry.details().get("number"))
                    .containsExactly("3", "2", "1");
            assertThat(stand.review().entries(new Filter("policy/standard", 17L), null, 10))
                    .isEmpty();
            assertThatThrownBy(() -> stand.review().entries(Filter.ALL, null, 1001))
                    .isInstanceOf(InvalidInput.class);
        }
    }
}
