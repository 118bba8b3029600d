package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditReview.Problem;
import dev.lockstep.port.AuditReview.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is older than the retention moves into signed files, and the trail can be verified all the same. */
@Timeout(120)
class ArchiveTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MONTH_AND_A_DAY = Duration.ofDays(31);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_is_old_enough_moves_into_a_signed_file_and_the_trail_still_verifies(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 5, 3)) {
            stand.archiver().run();

            assertThat(positions(stand)).isEqualTo(List.of("audit-000000000001-000000000005.jsonl: 1-5"));
            assertThat(stand.count("audit_seal")).isEqualTo(3);
            stand.seal();
            stand.checkpoint();
            Verdict verdict = stand.restarted().verify();
            assertThat(verdict.intact()).as("%s", verdict.firstBad()).isTrue();
            assertThat(verdict.archived()).isEqualTo(5);
            assertThat(verdict.position()).isEqualTo(9);
            assertThat(verdict.checkpoints()).isEqualTo(3);
            AuditReview.Archived archived = stand.review().archives().get(0);
            Path file = stand.archive().resolve(archived.file());
            assertThat(archived.first()).isEqualTo(1);
            assertThat(archived.last()).isEqualTo(5);
            assertThat(archived.archivedAt()).isEqualTo(stand.clock.instant());
            assertThat(archived.sha256()).isEqualTo(Digests.sha256(Files.readAllBytes(file)));
            AuditReview.Entry told = stand.review()
                    .entries(AuditReview.Filter.subject(archived.file()), null, 1)
                    .get(0);
            assertThat(told.action()).isEqualTo("audit.archived");
            assertThat(told.details())
                    .containsEntry("first", "1")
                    .containsEntry("last", "5")
                    .containsEntry("sha256", archived.sha256());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_takes_a_day_or_as_many_entries_as_fit_and_the_newest_entry_stays(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(5);
            stand.clock.advance(Duration.ofHours(20));
            stand.sealed(2);
            stand.checkpoint();
            Archiver archiver = stand.archiver(stand.folder(3), stand.trail);
            stand.clock.advance(Duration.ofDays(30));
            archiver.run();
            assertThat(stand.archive()).doesNotExist();

            stand.clock.advance(Duration.ofHours(5));
            archiver.run();
            assertThat(positions(stand))
                    .containsExactly(
                            "audit-000000000001-000000000003.jsonl: 1-3", "audit-000000000004-000000000006.jsonl: 4-6");

            stand.seal();
            stand.clock.advance(Duration.ofDays(60));
            stand.checkpoint();
            archiver.run();
            assertThat(stand.count("audit_seal")).as("the newest").isEqualTo(1);
            stand.seal();
            stand.checkpoint();
            Verdict verdict = stand.verify();
            assertThat(verdict.intact()).as("%s", verdict.firstBad()).isTrue();
            assertThat(verdict.archived()).isEqualTo(8);
            assertThat(verdict.position()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void what_no_checkpoint_attests_or_a_receiver_has_not_got_stays(Kind kind) throws Exception {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            stand.sealed(3);
            stand.checkpoint();
            stand.sealed(2);
            stand.clock.advance(MONTH_AND_A_DAY.plusSeconds(1));
            stand.sealed(1);
            Path received = directory.resolve("audit.jsonl");
            StreamCursor cursor = new StreamCursor(stand.jdbc, stand.clock, "siem");
            AuditStream stream = stream(stand, "siem", received);
            Archiver archiver = stand.archiver(stand.folder(100), stand.trail, "siem");

            archiver.run();
            assertThat(stand.archive()).doesNotExist();

            cursor.hold();
            cursor.move(0, 2);
            archiver.run();
            assertThat(positions(stand)).containsExactly("audit-000000000001-000000000002.jsonl: 1-2");

            stand.clock.advance(Duration.ofMinutes(3));
            stream.run();
            archiver.run();
            assertThat(positions(stand)).contains("audit-000000000003-000000000003.jsonl: 3-3");
            assertThat(lines(received))
                    .allSatisfy(
                            line -> assertThat(line.path("position").asLong()).isGreaterThan(2));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_new_receiver_begins_behind_the_archives(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            stand.archiver().run();
            Path received = directory.resolve("audit.jsonl");

            stream(stand, "later", received).run();

            assertThat(lines(received).stream()
                            .map(line -> line.path("position").asLong()))
                    .containsExactly(5L, 6L);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_crash_before_the_record_is_committed_removes_nothing_and_the_file_is_put_aside(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            Archiver crashes = stand.archiver(stand.folder(3), event -> {
                throw new RetryableException(FailureCode.AUDIT_UNAVAILABLE, "the database has gone");
            });
            crashes.run();
            assertThat(failing(crashes)).isEqualTo(1);
            assertThat(stand.count("audit_seal")).isEqualTo(6);
            assertThat(stand.verify().intact()).isTrue();
            assertThat(stand.verify().archived()).isZero();

            stand.archiver().run();

            assertThat(positions(stand)).containsExactly("audit-000000000001-000000000004.jsonl: 1-4");
            assertThat(stand.archive().resolve("audit-000000000001-000000000003.jsonl.left1"))
                    .exists();
            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_crash_before_the_entries_are_removed_leaves_them_for_the_next_turn(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            ArchiveFolder folder = stand.folder(100);
            Head base = Head.EMPTY;
            stand.archives.insert(folder.write(base, 4, stand.clock.instant().minus(Duration.ofDays(30)))
                    .signed(stand.clock.instant(), stand.key));
            assertThat(stand.count("audit_seal")).isEqualTo(6);
            Verdict verdict = stand.verify();
            assertThat(verdict.intact()).as("%s", verdict.firstBad()).isTrue();

            stand.archiver().run();

            assertThat(stand.count("audit_seal")).isEqualTo(2);
            assertThat(stand.count("audit_event")).isEqualTo(2);
            assertThat(stand.verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_trail_that_does_not_verify_is_not_archived(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            stand.tamper("UPDATE audit_event SET actor = 'mallory' WHERE id = " + stand.eventAt(6));
            Archiver archiver = stand.archiver();

            archiver.run();

            assertThat(failing(archiver)).isEqualTo(1);
            assertThat(stand.archive()).doesNotExist();
            assertThat(stand.count("audit_seal")).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_folder_that_cannot_be_written_removes_nothing_until_it_can(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            Files.writeString(stand.archive(), "no folder");
            Archiver archiver = stand.archiver();
            archiver.run();
            assertThat(failing(archiver)).isEqualTo(1);
            assertThat(stand.count("audit_seal")).isEqualTo(6);

            Files.delete(stand.archive());
            archiver.run();
            assertThat(failing(archiver)).isZero();
            assertThat(stand.count("audit_seal")).isEqualTo(2);
        }
    }

    /** Whoever owns the database can write a record, but not sign it. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_record_that_hides_removed_entries_is_found_at_once_and_by_verification(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            SealingRun sealing = stand.sealing();
            sealing.run(() -> false, false);
            SigningKey other = SigningKey.at(directory.resolve("others-key"));
            Archive forged = new ArchiveFolder(directory.resolve("elsewhere"), stand.chain, other, 100)
                    .write(Head.EMPTY, 5, stand.clock.instant().plusSeconds(1))
                    .signed(stand.clock.instant(), other);
            stand.archives.insert(forged);
            stand.tamper("DELETE FROM audit_seal", "DELETE FROM audit_event");

            sealing.run(() -> false, false);

            assertThat(stand.state.intact()).isFalse();
            Verdict verdict = stand.verify();
            assertThat(verdict.intact()).isFalse();
            assertThat(bad(verdict).problem()).isEqualTo(Problem.ARCHIVE_INVALID);
            assertThat(bad(verdict).explanation()).contains("not trusted here");
            AuditReview trusting = stand.review(other.publicKey());
            assertThat(trusting.verify().archived()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_record_that_was_edited_or_taken_out_is_found(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            stand.archiver(stand.folder(2), stand.trail).run();
            assertThat(positions(stand)).hasSize(2);

            stand.tamper("DELETE FROM audit_archive WHERE position = 2");
            assertThat(bad(stand.verify()).problem()).isEqualTo(Problem.ARCHIVE_INVALID);
            assertThat(bad(stand.verify()).position()).isEqualTo(3);

            stand.tamper("UPDATE audit_archive SET sha256 = '00' WHERE position = 4");
            assertThat(bad(stand.verify()).explanation()).contains("is not genuine");

            stand.tamper("DELETE FROM audit_archive");
            assertThat(bad(stand.verify()).problem()).isEqualTo(Problem.DELETED);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_node_that_was_away_for_longer_finds_the_trail_intact(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            SealingRun away = stand.sealing();
            away.run(() -> false, false);
            stand.clock.advance(Duration.ofDays(60));
            stand.sealed(1);
            stand.checkpoint();
            stand.archiver().run();
            assertThat(stand.count("audit_seal")).isEqualTo(1);

            away.run(() -> false, false);

            assertThat(stand.state.intact()).isTrue();
        }
    }

    @Tag("extended")
    @ParameterizedTest
    @EnumSource(Kind.class)
    void archives_and_export_are_verified_without_lockstep(Kind kind) throws Exception {
        try (AuditStand stand = aged(kind, 4, 2)) {
            stand.archiver(stand.folder(3), stand.trail).run();
            stand.seal();
            stand.checkpoint();
            Path export = directory.resolve("entries.jsonl");
            stream(stand, "export", export).run();
            assertThat(verified(stand, export)).startsWith("OK: 8 entries, 4 of them archived");

            Path first = stand.archive().resolve("audit-000000000001-000000000003.jsonl");
            String text = Files.readString(first);
            Files.writeString(first, text.replace("orders_app", "orders_apq"));
            assertThat(verified(stand, export)).startsWith("BAD: position 1");
            Files.writeString(first, text.substring(0, text.lastIndexOf("{\"type\":\"signature\"")));
            assertThat(verified(stand, export)).startsWith("BAD:").contains("the signature is missing");
            Files.delete(first);
            assertThat(verified(stand, export)).startsWith("BAD: position 1 is missing");
        }
    }

    /** Entries of a month and a day ago and others of now, all of them attested. */
    private AuditStand aged(Kind kind, int old, int fresh) {
        AuditStand stand = AuditStand.open(kind, directory);
        stand.sealed(old);
        stand.checkpoint();
        stand.clock.advance(MONTH_AND_A_DAY.plusSeconds(1));
        stand.sealed(fresh);
        stand.checkpoint();
        return stand;
    }

    private static AuditStream stream(AuditStand stand, String name, Path to) {
        return new AuditStream(
                name,
                new FileSink(to, 1 << 20, 3),
                new StreamCursor(stand.jdbc, stand.clock, name),
                stand.chain,
                stand.archives,
                stand.clock,
                new SimpleMeterRegistry());
    }

    private static AuditReview.Finding bad(Verdict verdict) {
        return Objects.requireNonNull(verdict.firstBad());
    }

    private static double failing(Archiver archiver) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        archiver.bindTo(meters);
        return meters.get("lockstep.audit.archive.failing").gauge().value();
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** Each archive with the first and last position in it; they have no gap. */
    private static List<String> positions(AuditStand stand) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(stand.archive())) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                List<Long> positions = lines(file).stream()
                        .filter(line -> line.path("type").asText().equals("entry"))
                        .map(line -> line.path("position").asLong())
                        .toList();
                long first = positions.get(0);
                long last = positions.get(positions.size() - 1);
                assertThat(positions)
                        .isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
                found.add("%s: %d-%d".formatted(file.getFileName(), first, last));
            }
        }
        return found;
    }

    private static String verified(AuditStand stand, Path export) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "python3",
                        "docs/audit-verify.py",
                        "--archive",
                        stand.archive().toString(),
                        export.toString(),
                        stand.checkpoints().toString(),
                        stand.directory.resolve("audit-signing-key.pub").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
