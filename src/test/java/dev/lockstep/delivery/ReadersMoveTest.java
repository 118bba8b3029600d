package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.HASTY;
import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Readings;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the ledger learns from reads, and what becomes of it. */
class ReadersMoveTest {

    private static DeliveryHouse house;

    @BeforeAll
    static void open() {
        house = DeliveryHouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** What another test has read is none of its business. */
    @AfterEach
    void readersGo() {
        List.of("shop-web", "shop-worker", "shop-report", "shop-batch", "ops-tool")
                .forEach(identity -> house.bean(MachineLogins.class).revokeTokens(identity, "test"));
    }

    private static void await(String what, BooleanSupplier condition) {
        DeliveryHouse.await(what, condition);
    }

    /** Rotates until there is a first version, or the next one that everybody has read. */
    private static int settled(CredentialName credential, List<Reader> readers) {
        await("quiet", () -> house.idle(credential));
        house.rotateUntilPromoted(credential);
        readers.forEach(reader -> assertThat(reader.read(credential).status()).isEqualTo(200));
        await("the end of the rotation", () -> house.idle(credential));
        return house.current(credential);
    }

    @Test
    void thePreviousVersionDiesRightAfterTheLastReaderHasMoved() {
        Reader web = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        Reader report = house.reader("shop-report");
        int old = settled(PAIR, List.of(web, worker, report));
        Reader.Answer before = web.read(PAIR);
        house.rotateUntilPromoted(PAIR);

        assertThat(web.read(PAIR).version()).isEqualTo(old + 1);
        assertThat(house.stage(PAIR, old)).isEqualTo("PREVIOUS");
        assertThat(worker.read(PAIR).version()).isEqualTo(old + 1);
        keepsForAWhile(PAIR, old);
        assertThat(logsIn(before)).isTrue();
        assertThat(report.read(PAIR).version()).isEqualTo(old + 1);

        long start = System.nanoTime();
        await("retirement", () -> house.stage(PAIR, old).equals("RETIRED"));
        assertThat((System.nanoTime() - start) / 1e9)
                .as("seconds, where the schedule looks every five")
                .isLessThan(4);
        await("proof", () -> !logsIn(before));
    }

    @Test
    void aConsumerHasMovedWhenEachOfItsCopiesHas() {
        Reader web = house.reader("shop-web");
        Reader copy = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        Reader report = house.reader("shop-report");
        int old = settled(PAIR, List.of(web, copy, worker, report));
        house.rotateUntilPromoted(PAIR);
        List.of(web, worker, report).forEach(reader -> reader.read(PAIR));
        SecretRef next = new SecretRef(PAIR, old + 1);

        assertThat(house.bean(Consumers.class).laggards(next)).containsExactly("web");
        assertThat(house.bean(Readings.class).copies(PAIR))
                .filteredOn(each -> each.consumer().equals("web") && each.version() == old)
                .hasSize(1);
        assertThat(house.stage(PAIR, old)).isEqualTo("PREVIOUS");

        copy.read(PAIR);
        await("retirement", () -> house.stage(PAIR, old).equals("RETIRED"));
    }

    @Test
    void aCopyThatIsGoneIsNotWaitedFor() {
        Reader web = house.reader("shop-web");
        Reader copy = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        Reader report = house.reader("shop-report");
        int old = settled(PAIR, List.of(web, copy, worker, report));
        house.rotateUntilPromoted(PAIR);
        List.of(web, worker, report).forEach(reader -> reader.read(PAIR));
        assertThat(house.bean(Consumers.class).laggards(new SecretRef(PAIR, old + 1)))
                .containsExactly("web");

        copy.send("POST", "auth/token/revoke-self", "");
        assertThat(house.bean(Consumers.class).laggards(new SecretRef(PAIR, old + 1)))
                .isEmpty();
        await("retirement", () -> house.stage(PAIR, old).equals("RETIRED"));
    }

    @Test
    void theFourthNeverMovesSoTheGroupOfThePolicyIsAskedAndThePreviousVersionKept() {
        Reader web = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        Reader report = house.reader("shop-report");
        Reader batch = house.reader("shop-batch");
        int old = settled(HASTY, List.of(web, worker, report, batch));
        Reader.Answer before = batch.read(HASTY);
        SecretRef next = new SecretRef(HASTY, old + 1);
        house.rotateUntilPromoted(HASTY);

        web.read(HASTY);
        assertThat(house.bean(Consumers.class).laggards(next)).containsExactly("batch", "report", "worker");
        worker.read(HASTY);
        assertThat(house.bean(Consumers.class).laggards(next)).containsExactly("batch", "report");
        report.read(HASTY);
        await("a task", () -> !tasks(HASTY).isEmpty());

        assertThat(tasks(HASTY)).extracting(Escalations.Task::group).containsExactly("shop-dba");
        assertThat(house.bean(Consumers.class).laggards(next)).containsExactly("batch");
        keepsForAWhile(HASTY, old);
        assertThat(logsIn(before)).isTrue();

        assertThat(batch.read(HASTY).version()).isEqualTo(old + 1);
        await("retirement", () -> house.stage(HASTY, old).equals("RETIRED"));
        await("the end of the task", () -> tasks(HASTY).isEmpty());
        await("proof", () -> !logsIn(before));
    }

    private static List<Escalations.Task> tasks(CredentialName credential) {
        return house.bean(Escalations.class).open(100).stream()
                .filter(task -> task.credential().equals(credential.value()))
                .toList();
    }

    /** For longer than the schedule takes to look again. */
    private static void keepsForAWhile(CredentialName credential, int version) {
        long end = System.nanoTime() + 6_000_000_000L;
        await("the schedule", () -> {
            assertThat(house.stage(credential, version)).isEqualTo("PREVIOUS");
            return System.nanoTime() > end;
        });
    }

    @Test
    void aReadIsInTheLedgerBeforeItIsAnswered() {
        settled(SINGLE, List.of());
        Reader web = house.reader("shop-web");
        int version = web.read(SINGLE).version();

        Consumers.Sighting sighting = house.bean(Consumers.class).of(SINGLE).get(0);
        assertThat(sighting.version()).isEqualTo(version);
        assertThat(house.bean(Readings.class).copies(SINGLE))
                .anyMatch(copy -> copy.consumer().equals("web") && copy.version() == version);
        assertThat(house.jdbc()
                        .sql("SELECT count(*) FROM audit_event WHERE action = 'secret.read' AND subject = :name")
                        .param("name", SINGLE.value())
                        .query(Integer.class)
                        .single())
                .isPositive();
    }

    @Test
    void repeatsAreWrittenNowAndThen() {
        settled(SINGLE, List.of());
        Reader web = house.reader("shop-web");
        web.read(SINGLE);
        var first = Objects.requireNonNull(
                house.bean(Consumers.class).of(SINGLE).get(0).at());
        web.read(SINGLE);

        await(
                "the repeat",
                () -> Objects.requireNonNull(
                                house.bean(Consumers.class).of(SINGLE).get(0).at())
                        .isAfter(first));
    }

    @Test
    void whoReadsWithoutBeingAConsumerIsAFinding() {
        settled(SINGLE, List.of());
        Reader tool = house.reader("ops-tool");
        tool.read(SINGLE);
        tool.read(SINGLE);

        await(
                "both reads",
                () -> house.bean(Readings.class).findings(SINGLE).stream()
                        .anyMatch(found -> found.oddity().kind() == Readings.Oddity.Kind.UNREGISTERED_READER
                                && found.oddity().identity().equals("ops-tool")
                                && found.times() >= 2));
    }

    @Test
    void whoAsksForAnOldVersionIsAFinding() {
        int old = settled(SINGLE, List.of());
        settled(SINGLE, List.of());
        assertThat(house.reader("shop-web")
                        .get("secret/data/" + SINGLE + "?version=" + old)
                        .status())
                .isEqualTo(404);

        await(
                "the finding",
                () -> house.bean(Readings.class).findings(SINGLE).stream()
                        .anyMatch(found -> found.oddity().kind() == Readings.Oddity.Kind.OLD_VERSION
                                && found.oddity().ref().version() == old));
    }

    @Test
    void aStagedVersionIsServedToWhomItIsReleasedAndToNobodyElse() {
        Reader web = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        int current = settled(PAIR, List.of(web, worker, house.reader("shop-report")));
        Consumers consumers = house.bean(Consumers.class);
        Versions versions = house.bean(Versions.class);
        SecretRef ref = versions.reserve(PAIR, null, "nobody", "f", "r").ref();
        try {
            house.bean(SecretStores.class).store("embedded").stage(ref, SecretValue.of("for-the-first-wave"));
            assertThat(web.get("secret/data/" + PAIR + "?version=" + ref.version())
                            .status())
                    .isEqualTo(404);
            consumers.release(ref, List.of("web"));

            assertThat(web.read(PAIR).value().path("password").asText()).isEqualTo("for-the-first-wave");
            assertThat(worker.read(PAIR).version()).isEqualTo(current);
            assertThat(worker.get("secret/data/" + PAIR + "?version=" + ref.version())
                            .status())
                    .isEqualTo(404);
            consumers.withdraw(ref);
            assertThat(web.read(PAIR).version()).isEqualTo(current);
        } finally {
            versions.move(ref, Stage.STAGED, Stage.DISCARDED);
        }
    }

    @Test
    void aRevokedVersionIsNotServedFromTheMomentOn() {
        settled(SINGLE, List.of());
        Reader web = house.reader("shop-web");
        int version = web.read(SINGLE).version();
        SecretRef ref = new SecretRef(SINGLE, version);
        house.bean(Versions.class).move(ref, Stage.CURRENT, Stage.REVOKED);

        assertThat(web.read(SINGLE).status()).isEqualTo(404);
        Reader.Answer asked = web.get("secret/data/" + SINGLE + "?version=" + version);
        assertThat(asked.status()).isEqualTo(404);
        assertThat(asked.version()).isEqualTo(version);
    }

    @Test
    void aReadInQuarantineStopsTheDecommission() {
        CredentialName apart = CredentialName.of("test/shop/postgres/apart");
        settled(apart, List.of());
        Reader tool = house.reader("ops-tool");
        assertThat(tool.read(apart).status()).isEqualTo(200);
        house.bean(Lifecycles.class).decommission(apart, "test", "a test");
        await(
                "the account is disabled",
                () -> house.jdbc()
                        .sql("SELECT status FROM credential WHERE name = :name")
                        .param("name", apart.value())
                        .query(String.class)
                        .single()
                        .equals("DISABLED"));

        assertThat(tool.read(apart).status()).isEqualTo(404);
        await(
                "somebody is asked",
                () -> house.bean(Escalations.class).open(100).stream()
                        .anyMatch(task -> task.credential().equals(apart.value())));
    }

    private static boolean logsIn(Reader.Answer answer) {
        return house.logsIn(
                answer.value().path("username").asText(),
                answer.value().path("password").asText());
    }
}
