package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import dev.lockstep.port.AuditReview.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CheckpointTest {

    private final Path directory;

    CheckpointTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointIsDueByTimeOrByEntries(Kind kind) {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            SealingRun sealing = stand.sealing();
            turn(sealing);
            assertThat(stand.checkpoints()).as("nothing to attest yet").doesNotExist();
            stand.append(1);
            turn(sealing);
            assertThat(attested(stand)).isEqualTo(1);

            stand.append(2);
            stand.clock.advance(Duration.ofSeconds(59));
            turn(sealing);
            assertThat(attested(stand)).isEqualTo(1);
            stand.clock.advance(Duration.ofSeconds(1));
            turn(sealing);
            assertThat(attested(stand)).isEqualTo(2);

            stand.clock.advance(Duration.ofHours(1));
            turn(sealing);
            assertThat(stand.count("audit_checkpoint"))
                    .as("an idle chain needs none")
                    .isEqualTo(2);
            stand.transaction.executeWithoutResult(status -> {
                for (int number = 0; number < 1000; number++) {
                    stand.append(number);
                }
            });
            turn(sealing);
            assertThat(attested(stand)).isEqualTo(1002);
            assertThat(stand.verify())
                    .returns(true, Verdict::intact)
                    .returns(3L, Verdict::checkpoints)
                    .returns(1002L, Verdict::checkpointPosition);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutCheckpointFileIsFoundByItsCopy(Kind kind) throws IOException {
        try (AuditStand stand = withCheckpoints(kind)) {
            List<String> lines = Files.readAllLines(stand.checkpoints());
            Files.write(stand.checkpoints(), lines.subList(0, 2));
            assertFirstBad(stand, Problem.CHECKPOINTS_CUT, 5).returns(6L, Finding::through);

            Files.delete(stand.checkpoints());
            assertFirstBad(stand, Problem.CHECKPOINTS_CUT, 1).returns(2L, Finding::through);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineTakenOutOrMovedIsFound(Kind kind) throws IOException {
        try (AuditStand stand = withCheckpoints(kind)) {
            List<String> lines = Files.readAllLines(stand.checkpoints());
            Files.write(stand.checkpoints(), List.of(lines.get(0), lines.get(2)));
            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 6);

            Files.write(stand.checkpoints(), List.of(lines.get(1), lines.get(0), lines.get(2)));
            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEditedLineIsFound(Kind kind) throws IOException {
        try (AuditStand stand = withCheckpoints(kind)) {
            List<String> lines = new ArrayList<>(Files.readAllLines(stand.checkpoints()));
            String original = lines.get(1);
            lines.set(1, original.replace("\"position\":4", "\"position\":3"));
            Files.write(stand.checkpoints(), lines);
            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 3);

            lines.set(1, original.replaceFirst("T10:0\\d", "T11:00"));
            Files.write(stand.checkpoints(), lines);
            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 4);

            lines.set(1, "no checkpoint at all");
            Files.write(stand.checkpoints(), lines);
            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointSignedByAnotherKeyIsRefused(Kind kind) {
        try (AuditStand stand = withCheckpoints(kind)) {
            stand.sealed(1);
            SigningKey other = SigningKey.at(directory.resolve("other-key"));
            Checkpoint forged = checkpoint(stand, other);
            stand.file.append(forged.line());

            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 7);
            assertThat(stand.review(other.publicKey()).verify().intact())
                    .as("unless its key is trusted")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesOfUnknownNodesAreCountedAndThoseOfTrustedNodesCompared(Kind kind) {
        try (AuditStand stand = withCheckpoints(kind)) {
            stand.sealed(1);
            SigningKey other = SigningKey.at(directory.resolve("other-key"));
            stand.table.insert(checkpoint(stand, other));
            assertThat(stand.verify()).returns(true, Verdict::intact).returns(1L, Verdict::foreignCheckpoints);

            stand.tamper(
                    "DELETE FROM audit_event WHERE id = " + stand.eventAt(7),
                    "DELETE FROM audit_seal WHERE position = 7");
            assertThat(stand.verify().intact()).as("the own file ends before").isTrue();
            assertThat(stand.review(other.publicKey()).verify().firstBad())
                    .returns(Problem.CUT, Finding::problem)
                    .returns(7L, Finding::position);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgedCopyInTheDatabaseIsFound(Kind kind) {
        try (AuditStand stand = withCheckpoints(kind)) {
            stand.tamper("""
                    INSERT INTO audit_checkpoint (position, hash, signed_at, key_id, previous, signature)
                    SELECT 9, hash, signed_at, key_id, previous, signature FROM audit_checkpoint WHERE position = 6
                    """);

            assertFirstBad(stand, Problem.CHECKPOINT_INVALID, 9);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLineTornByACrashIsIgnoredAndReplaced(Kind kind) throws IOException {
        try (AuditStand stand = withCheckpoints(kind)) {
            Files.writeString(stand.checkpoints(), "{\"position\":7,\"ha", StandardOpenOption.APPEND);
            assertThat(stand.verify()).returns(true, Verdict::intact).returns(3L, Verdict::checkpoints);

            stand.sealed(1);
            stand.checkpoint();

            assertThat(stand.verify()).returns(true, Verdict::intact).returns(4L, Verdict::checkpoints);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCutTailIsNoticedAtTheNextTurnAndNotSignedOver(Kind kind, CapturedOutput output) {
        try (AuditStand stand = withCheckpoints(kind)) {
            SealingRun sealing = stand.sealing();
            stand.append(7);
            turn(sealing);
            assertThat(stand.state.intact()).isTrue();
            stand.tamper(
                    "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE position >= 6)",
                    "DELETE FROM audit_seal WHERE position >= 6");
            stand.clock.advance(Duration.ofMinutes(5));
            stand.append(8);
            turn(sealing);
            turn(sealing);

            assertThat(stand.state.intact()).isFalse();
            assertThat(output).containsOnlyOnce("no longer holds");
            assertThat(attested(stand)).isEqualTo(7);
            assertThat(stand.chain.head().position()).as("sealing goes on").isEqualTo(6);
            assertFirstBad(stand, Problem.FORKED, 5).returns(6L, Finding::through);

            AuditStand restarted = stand.restarted();
            turn(restarted.sealing());
            assertThat(restarted.state.intact())
                    .as("after a restart the file knows")
                    .isFalse();
        }
    }

    /** Six entries with a checkpoint after every other one. */
    private AuditStand withCheckpoints(Kind kind) {
        AuditStand stand = AuditStand.open(kind, directory);
        for (int i = 0; i < 3; i++) {
            stand.sealed(2);
            stand.checkpoint();
            stand.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(stand.verify()).returns(true, Verdict::intact).returns(3L, Verdict::checkpoints);
        return stand;
    }

    private static Checkpoint checkpoint(AuditStand stand, SigningKey key) {
        String last = stand.file.lastLine().orElseThrow();
        return Checkpoint.sign(stand.chain.head(), stand.clock.instant(), Checkpoint.fingerprint(last), key);
    }

    private static void turn(SealingRun sealing) {
        sealing.run(() -> false, false);
    }

    private static long attested(AuditStand stand) {
        return stand.checkpointer.attested().orElseThrow().position();
    }

    private static ObjectAssert<Finding> assertFirstBad(AuditStand stand, Problem problem, long position) {
        return assertThat(stand.verify().firstBad())
                .returns(problem, Finding::problem)
                .returns(position, Finding::position);
    }
}
