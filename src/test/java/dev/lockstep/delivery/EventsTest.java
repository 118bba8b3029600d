package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.HASTY;
import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static dev.lockstep.delivery.DeliveryHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.VersionChanges;
import dev.lockstep.port.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Programs that listen are told what begins and what ends. */
class EventsTest {

    private static final CredentialName APART = CredentialName.of("test/shop/postgres/apart");

    private static DeliveryHouse house;

    @BeforeAll
    static void open() {
        house = DeliveryHouse.open();
        house.rotate(SINGLE);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    /** The streams of a test end with its tokens. */
    @AfterEach
    void listenersGo() {
        List.of("shop-web", "shop-worker", "shop-report", "ops-tool")
                .forEach(identity -> house.bean(MachineLogins.class).revokeTokens(identity, "test"));
        await("the end of all streams", () -> streams() == 0);
    }

    private static Listener listener(String identity) {
        return Listener.at(house.port(), house.reader(identity).token());
    }

    private static String told(String sort, CredentialName credential, int version) {
        return sort + ' ' + credential + ' ' + version;
    }

    @Test
    void whoListensIsToldWhatBeginsAndWhatEndsByNameAndNumberOnly() {
        try (Listener listener = listener("shop-web")) {
            int old = house.current(SINGLE);
            house.rotate(SINGLE);

            await("the end", () -> listener.events().contains(told("retired", SINGLE, old)));
            assertThat(listener.events())
                    .filteredOn(event -> event.contains(SINGLE.value()))
                    .containsExactlyInAnyOrder(told("promoted", SINGLE, old + 1), told("retired", SINGLE, old));
            assertThat(listener.answer().statusCode()).isEqualTo(200);
            assertThat(listener.answer().headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(listener.answer().headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void whatMayNotBeReadIsNotTold() {
        try (Listener web = listener("shop-web");
                Listener tool = listener("ops-tool")) {
            house.rotate(APART);
            int version = house.current(APART);
            await("the tool", () -> tool.events().contains(told("promoted", APART, version)));
            int old = house.current(SINGLE);
            house.rotate(SINGLE);

            await("what comes after it", () -> web.events().contains(told("promoted", SINGLE, old + 1)));
            assertThat(web.events()).noneMatch(event -> event.contains(APART.value()));
        }
    }

    @Test
    void aReleaseAndItsEndAreToldToThatConsumerOnlyAtEachNodeAndToWhoComesBack() {
        Consumers consumers = house.bean(Consumers.class);
        ConfigurableApplicationContext other = house.anotherNode();
        String token = house.reader("shop-web").token();
        try (Listener worker = listener("shop-worker");
                Listener tool = listener("ops-tool");
                Listener web = Listener.at(house.port(), token)) {
            SecretRef ref = staged();
            String released = told("released", PAIR, ref.version());
            String withdrawn = told("withdrawn", PAIR, ref.version());
            consumers.release(ref, List.of("web"));
            consumers.release(ref, List.of("web"));
            await("the release", () -> web.events().contains(released));
            String last = web.lastId();
            web.close();

            other.getBean(Consumers.class).withdraw(ref);
            int next = house.current(SINGLE) + 1;
            house.rotate(SINGLE);
            String after = told("promoted", SINGLE, next);
            try (Listener again = Listener.at(DeliveryHouse.port(other), token, last)) {
                await("what comes after it", () -> again.events().contains(after));
                assertThat(again.events()).startsWith(withdrawn).doesNotContain(released);
            }
            try (Listener all = Listener.at(
                    DeliveryHouse.port(other), house.reader("shop-worker").token(), last)) {
                await("the same for another", () -> all.events().contains(after));
                assertThat(all.events()).noneMatch(event -> event.contains(PAIR.value()));
            }
            assertThat(web.events()).filteredOn(released::equals).hasSize(1);
            await(
                    "the others",
                    () -> worker.events().contains(after) && tool.events().contains(after));
            assertThat(worker.events()).noneMatch(event -> event.contains(PAIR.value()));
            assertThat(tool.events()).noneMatch(event -> event.contains(PAIR.value()));
            house.bean(Versions.class).move(ref, Stage.STAGED, Stage.DISCARDED);
        } finally {
            other.close();
        }
    }

    @Test
    void whoMayNotReadACredentialIsNotToldOfAReleaseToItsConsumerEither() {
        Consumers consumers = house.bean(Consumers.class);
        SecretRef ref = house.bean(Versions.class)
                .reserve(APART, null, "nobody", "f", "r")
                .ref();
        consumers.enroll(APART, Consumer.named("web"));
        try (Listener web = listener("shop-web")) {
            consumers.release(ref, List.of("web"));
            int next = house.current(SINGLE) + 1;
            house.rotate(SINGLE);

            await("what comes after it", () -> web.events().contains(told("promoted", SINGLE, next)));
            assertThat(web.events()).noneMatch(event -> event.contains(APART.value()));
        } finally {
            house.bean(Versions.class).move(ref, Stage.STAGED, Stage.DISCARDED);
            consumers.dismiss(APART, "web");
        }
    }

    private static SecretRef staged() {
        return house.bean(Versions.class)
                .reserve(PAIR, null, "nobody", "f", "r")
                .ref();
    }

    @Test
    void eachNodeTellsWhateverNodeHasMadeTheChangeAndANodeThatStopsEndsItsStreams() {
        ConfigurableApplicationContext other = house.anotherNode();
        String token = house.reader("shop-web").token();
        try (Listener here = Listener.at(house.port(), token);
                Listener there = Listener.at(DeliveryHouse.port(other), token)) {
            int old = house.current(SINGLE);
            house.rotate(SINGLE);

            await("one", () -> here.events().contains(told("promoted", SINGLE, old + 1)));
            await("the other", () -> there.events().contains(told("promoted", SINGLE, old + 1)));
            long start = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("where requests under way are waited for 25 seconds")
                    .isLessThan(Duration.ofSeconds(20));
            await("its end", there::ended);
            assertThat(here.ended()).isFalse();
        } finally {
            other.close();
        }
    }

    @Test
    void whatIsCommittedLateIsTold() {
        Versions versions = house.bean(Versions.class);
        SecretRef ref = versions.reserve(PAIR, null, "nobody", "f", "r").ref();
        try (Listener listener = listener("shop-web")) {
            house.bean(TransactionTemplate.class).executeWithoutResult(status -> {
                versions.move(ref, Stage.STAGED, Stage.RETIRED);
                long end = System.nanoTime() + 3_000_000_000L;
                await("some looks", () -> System.nanoTime() > end);
                assertThat(listener.events()).doesNotContain(told("retired", PAIR, ref.version()));
            });

            await("the event", () -> listener.events().contains(told("retired", PAIR, ref.version())));
        }
    }

    @Test
    void whoComesBackIsToldWhatItHasMissedOnceAndInOrderWhicheverNodeItComesTo() {
        String token = house.reader("shop-web").token();
        List<String> told = new ArrayList<>();
        ConfigurableApplicationContext other = house.anotherNode();
        try {
            String last;
            int first = house.current(SINGLE) + 1;
            try (Listener before = Listener.at(house.port(), token)) {
                house.rotate(SINGLE);
                await("the first", () -> before.events().contains(told("retired", SINGLE, first - 1)));
                told.addAll(before.events());
                last = before.lastId();
            }
            house.rotate(SINGLE);
            house.rotate(SINGLE);
            try (Listener after = Listener.at(DeliveryHouse.port(other), token, last)) {
                house.rotate(SINGLE);
                await("the last", () -> after.events().contains(told("retired", SINGLE, first + 2)));
                told.addAll(after.events());
            }
        } finally {
            other.close();
        }

        int end = house.current(SINGLE);
        List<String> expected = new ArrayList<>();
        for (int version = end - 3; version <= end; version++) {
            expected.add(told("promoted", SINGLE, version));
            expected.add(told("retired", SINGLE, version - 1));
        }
        assertThat(told).filteredOn(event -> event.contains(SINGLE.value())).containsExactlyElementsOf(expected);
    }

    @Test
    void whoHasNotHeardAnythingYetGoesOnWhereItBegan() {
        String token = house.reader("shop-web").token();
        String last;
        try (Listener before = Listener.at(house.port(), token)) {
            await("the beginning", () -> !before.lastId().isEmpty());
            last = before.lastId();
        }
        house.rotate(SINGLE);

        try (Listener after = Listener.at(house.port(), token, last)) {
            await("what was missed", () -> after.events().contains(told("promoted", SINGLE, house.current(SINGLE))));
        }
    }

    @Test
    void moreThanOneLookIsCaughtUpInOrder() {
        String token = house.reader("shop-web").token();
        String last;
        try (Listener before = Listener.at(house.port(), token)) {
            await("the beginning", () -> !before.lastId().isEmpty());
            last = before.lastId();
        }
        retire(SINGLE, 100_000, 101_399);
        allPlaced();

        try (Listener after = Listener.at(house.port(), token, last)) {
            await("the last", () -> after.events().contains(told("retired", SINGLE, 101_399)));
            assertThat(after.events().stream().filter(event -> event.startsWith("retired " + SINGLE + " 10")))
                    .containsExactlyElementsOf(IntStream.rangeClosed(100_000, 101_399)
                            .mapToObj(version -> told("retired", SINGLE, version))
                            .toList());
        }
    }

    private static void allPlaced() {
        await(
                "their places",
                () -> house.jdbc()
                                .sql("SELECT count(*) FROM version_news WHERE place IS NULL")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @Test
    void whoWasAwayForTooLongIsToldThatItHasMissedSomething() {
        String token = house.reader("shop-web").token();
        house.rotate(SINGLE);
        allPlaced();
        house.bean(VersionChanges.class).forget(Instant.now());
        house.rotate(SINGLE);
        allPlaced();

        try (Listener late = Listener.at(house.port(), token, "0");
                Listener ahead = Listener.at(house.port(), token, "999999999999")) {
            await("a word", () -> late.events().contains("missed {}"));
            await("a word", () -> ahead.events().contains("missed {}"));
            int next = house.current(SINGLE) + 1;
            house.rotate(SINGLE);
            await("what comes after", () -> late.events().contains(told("promoted", SINGLE, next)));
            assertThat(late.events()).doesNotContain(told("promoted", SINGLE, next - 1));
        }
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        Reader.Answer answer =
                house.reader("shop-web").with("Last-Event-ID", "1; DROP TABLE").get("events");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0").asText()).startsWith("Last-Event-ID: ");
    }

    @Test
    void aStreamEndsWhenItsTokenIsRevoked() {
        try (Listener listener = listener("shop-worker");
                Listener another = listener("shop-web")) {
            house.bean(MachineLogins.class).revokeTokens("shop-worker", "test");

            await("the end", listener::ended);
            assertThat(another.ended()).isFalse();
        }
    }

    @Test
    void aStreamEndsWithItsToken() {
        try (Listener listener = listener("shop-report")) {
            house.jdbc()
                    .sql("UPDATE delivery_token SET expires_at = CURRENT_TIMESTAMP WHERE identity = 'shop-report'")
                    .update();

            await("the end", listener::ended);
        }
    }

    @Test
    void aCopyHasTwoStreamsAtMostAndOthersAreNotAffected() {
        String token = house.reader("shop-web").token();
        Reader child = Reader.at(house.port())
                .token(Reader.at(house.port())
                        .token(token)
                        .send("POST", "auth/token/create", "{}")
                        .body()
                        .at("/auth/client_token")
                        .asText());
        try (Listener first = Listener.at(house.port(), token);
                Listener second = Listener.at(house.port(), child.token());
                Listener other = listener("shop-web")) {
            Reader.Answer third = child.get("events");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.body().path("errors")).isNotEmpty();
            assertThat(first.ended() || second.ended()).isFalse();
            assertThat(other.answer().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void onlyWhoHasATokenListensAndNothingIsWritten() {
        assertThat(Reader.at(house.port()).get("events").status()).isEqualTo(403);
        assertThat(Reader.at(house.port()).token("lks.wrong").get("events").status())
                .isEqualTo(403);
        assertThat(house.reader("shop-web").send("POST", "events", "{}").status())
                .isEqualTo(405);
    }

    @Test
    void whoDoesNotTakeItsEventsHoldsUpNobodyAndGoes() throws Exception {
        String token = house.reader("shop-web").token();
        try (Socket stuck = new Socket();
                Listener listener = listener("shop-worker")) {
            stuck.setReceiveBufferSize(1024);
            stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), house.port()));
            stuck.getOutputStream()
                    .write(("GET /v1/events HTTP/1.1\r\nHost: x\r\nX-Vault-Token: " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await("both", () -> streams() == 2);

            for (int last = 10_000; streams() > 1; last += 900) {
                assertThat(last).as("versions until it has too many").isLessThan(60_000);
                String newest = told("retired", HASTY, last);
                retire(HASTY, last - 899, last);
                await("what was told", () -> listener.events().contains(newest));
            }
            assertThat(listener.ended()).isFalse();
        }
    }

    private static void retire(CredentialName credential, int first, int last) {
        house.jdbc()
                .sql("""
                        INSERT INTO version_news (credential, version, stage, changed_at)
                        SELECT :credential, number, 'RETIRED', now()
                          FROM generate_series(:first, :last) AS number
                        """)
                .param("credential", credential.value())
                .param("first", first)
                .param("last", last)
                .update();
    }

    private static double streams() {
        return house.bean(MeterRegistry.class)
                .get("lockstep.reader.streams")
                .gauge()
                .value();
    }

    @Test
    void aQuietStreamShowsThatItLivesAndOneThatNobodyReadsIsForgotten() {
        listener("ops-tool").close();
        try (Listener listener = listener("ops-tool")) {
            await("a heartbeat", () -> listener.lines().contains(": still here"));
            await("one stream less", () -> streams() <= 1);
            assertThat(listener.ended()).isFalse();
        }
    }
}
