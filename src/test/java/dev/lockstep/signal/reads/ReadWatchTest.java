package dev.lockstep.signal.reads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Network;
import dev.lockstep.domain.Rate;
import dev.lockstep.domain.ReadRule;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.domain.Window;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.Emergencies;
import dev.lockstep.process.Given;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is unusual about reads, on the real ledger, and what watching them costs. */
class ReadWatchTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final ReadRule NOTHING = new ReadRule(
            "rule", List.of("*"), List.of(), List.of(), Optional.empty(), false, false, Signal.Confidence.LIKELY);

    private final TestLedger ledger =
            TestLedger.on(TestDatabase.open(TestDatabase.Kind.H2), TestClock.frozenAt(NOON), event -> {});
    private final PaperCatalog catalog = new PaperCatalog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Signal> signals = new CopyOnWriteArrayList<>();
    private final Credential orders = Given.policy().consumers("orders").credential("prod/shop/postgres/orders");

    @BeforeEach
    void oneCredential() {
        catalog.put(orders);
        ledger.known(orders.name());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_read_from_another_network_is_unusual() {
        Anomalies anomalies = with(new ReadRule(
                "r",
                List.of("prod/*"),
                Network.of("10.0.0.0/8").toList(),
                List.of(),
                Optional.empty(),
                false,
                false,
                Signal.Confidence.POSSIBLE));

        assertThat(anomalies.of(read("orders", 1, "10.1.2.3", NOON))).isEmpty();
        assertThat(anomalies.of(read("orders", 1, "203.0.113.7", NOON)))
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.what()).contains("orders reads from 203.0.113.7"));
        CredentialName other = CredentialName.of("dev/shop/postgres/orders");
        assertThat(anomalies.of(new Read("orders", other, 1, address("203.0.113.7"), NOON)))
                .as("the rule is about production")
                .isEmpty();
    }

    @Test
    void a_read_at_night_is_unusual_where_nobody_works_then() {
        Window office =
                new Window(EnumSet.allOf(DayOfWeek.class), LocalTime.of(6, 0), LocalTime.of(20, 0), ZoneOffset.UTC);
        Anomalies anomalies = with(new ReadRule(
                "r",
                List.of("*"),
                List.of(),
                List.of(office),
                Optional.empty(),
                false,
                false,
                Signal.Confidence.POSSIBLE));

        assertThat(anomalies.of(read("orders", 1, "10.1.2.3", NOON))).isEmpty();
        assertThat(anomalies.of(read("orders", 1, "10.1.2.3", NOON.plusSeconds(36_000))))
                .extracting(Anomaly::sort)
                .containsExactly(Anomaly.Sort.HOUR);
    }

    @Test
    void more_reads_than_usual_are_one_anomaly_and_another_one_in_the_next_hour() {
        Anomalies anomalies = with(new ReadRule(
                "r", List.of("*"), List.of(), List.of(), Rate.parse("10/h"), false, false, Signal.Confidence.POSSIBLE));

        assertThat(many(anomalies, 10, NOON)).isZero();
        assertThat(many(anomalies, 50, NOON)).isEqualTo(1);
        assertThat(anomalies.of(read("billing", 1, "10.1.2.3", NOON)))
                .as("each reader counts for itself")
                .isEmpty();
        assertThat(many(anomalies, 10, NOON.plusSeconds(3600))).isZero();
        assertThat(many(anomalies, 1, NOON.plusSeconds(3601))).isEqualTo(1);
    }

    @Test
    void a_version_that_is_out_of_use_is_unusual_and_the_previous_one_is_not() {
        Version first = version(Stage.RETIRED);
        Version second = version(Stage.CURRENT);
        Anomalies anomalies = with(new ReadRule(
                "r", List.of("*"), List.of(), List.of(), Optional.empty(), false, true, Signal.Confidence.LIKELY));

        assertThat(anomalies.of(read("orders", second.ref().version(), "10.1.2.3", NOON)))
                .isEmpty();
        assertThat(anomalies.of(read("orders", first.ref().version(), "10.1.2.3", NOON)))
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.what()).contains("version 1, which is out of use"));
    }

    @Test
    void who_is_no_consumer_is_unusual_unless_nobody_is_named_or_it_has_registered() {
        Credential open = Given.policy().credential("prod/shop/postgres/open");
        catalog.put(open);
        ledger.known(open.name());
        ledger.consumers().enroll(orders.name(), Consumer.named("reports"));
        Anomalies anomalies = with(new ReadRule(
                "r", List.of("*"), List.of(), List.of(), Optional.empty(), true, false, Signal.Confidence.LIKELY));

        assertThat(anomalies.of(read("orders", 1, "10.1.2.3", NOON))).isEmpty();
        assertThat(anomalies.of(read("reports", 1, "10.1.2.3", NOON))).isEmpty();
        assertThat(anomalies.of(read("mallory", 1, "10.1.2.3", NOON)))
                .extracting(Anomaly::sort)
                .containsExactly(Anomaly.Sort.CONSUMER);
        assertThat(anomalies.of(new Read("mallory", open.name(), 1, address("10.1.2.3"), NOON)))
                .isEmpty();
    }

    @Test
    @Timeout(30)
    void an_anomaly_is_a_signal_once_an_hour_and_again_after_a_failure() throws Exception {
        int[] failures = {1};
        Emergencies failingFirst = signal -> {
            if (failures[0]-- > 0) {
                throw new IllegalStateException("the ledger is away");
            }
            return take(signal);
        };
        ReadRule inside = new ReadRule(
                "prod",
                List.of("*"),
                Network.of("10.0.0.0/8").toList(),
                List.of(),
                Optional.empty(),
                false,
                false,
                Signal.Confidence.LIKELY);
        QueuedReadWatch watch = watch(inside, failingFirst);
        watch.start();
        for (int i = 0; i < 100; i++) {
            watch.read("orders", orders.name(), 1, address("203.0.113.7"), NOON);
        }
        watch.read("orders", orders.name(), 1, address("203.0.113.7"), NOON.plusSeconds(3600));
        while (watch.waiting() > 0 || signals.size() < 2) {
            Thread.sleep(10);
        }
        watch.stop();

        assertThat(signals).hasSize(2).allSatisfy(signal -> {
            assertThat(signal.source()).isEqualTo(Signal.Source.DELIVERY);
            assertThat(signal.kind()).isEqualTo(Signal.Kind.ANOMALY);
            assertThat(signal.confidence()).isEqualTo(Signal.Confidence.LIKELY);
            assertThat(signal.credential()).isEqualTo(orders.name());
            assertThat(signal.reportedBy()).isEqualTo("rule prod");
        });
    }

    @Test
    @Timeout(30)
    void a_read_never_waits_even_when_nobody_looks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        QueuedReadWatch watch = watch(
                new ReadRule(
                        "prod",
                        List.of("*"),
                        Network.of("10.0.0.0/8").toList(),
                        List.of(),
                        Optional.empty(),
                        false,
                        false,
                        Signal.Confidence.LIKELY),
                signal -> {
                    try {
                        never.await();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                    return take(signal);
                });
        watch.start();
        int reads = 3 * QueuedReadWatch.MOST_WAITING;
        long begin = System.nanoTime();
        for (int i = 0; i < reads; i++) {
            watch.read("orders", orders.name(), 1, address("203.0.113.7"), NOON);
        }
        long took = System.nanoTime() - begin;
        watch.stop();

        assertThat(TimeUnit.NANOSECONDS.toMillis(took))
                .as("for %d reads", reads)
                .isLessThan(1000);
        assertThat(meters.counter("lockstep.read.watch.left.out").count())
                .isGreaterThanOrEqualTo(reads - QueuedReadWatch.MOST_WAITING - 1.0);
    }

    /** Reads come five thousand times a second. */
    @Test
    @Timeout(60)
    void a_minute_of_reads_is_looked_at_within_seconds() {
        Anomalies anomalies = with(
                NOTHING,
                new ReadRule(
                        "prod",
                        List.of("prod/*", "stage/*"),
                        Network.of("private").toList(),
                        List.of(new Window(
                                EnumSet.allOf(DayOfWeek.class),
                                LocalTime.MIDNIGHT,
                                LocalTime.MIDNIGHT,
                                ZoneOffset.UTC)),
                        Rate.parse("9999/m"),
                        true,
                        true,
                        Signal.Confidence.LIKELY));
        Read read = read("orders", 1, "10.1.2.3", NOON);
        long begin = System.nanoTime();
        long found = IntStream.range(0, 300_000)
                .mapToLong(i -> anomalies.of(read).size())
                .sum();

        assertThat(found).as("the rate is passed once").isEqualTo(1);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(20);
    }

    private Anomalies with(ReadRule... rules) {
        return new Anomalies(() -> List.of(rules), catalog, ledger.consumers(), ledger.versions());
    }

    private QueuedReadWatch watch(ReadRule rule, Emergencies emergencies) {
        return new QueuedReadWatch(with(rule), emergencies, meters);
    }

    private Incident take(Signal signal) {
        signals.add(signal);
        return Incident.opened(signals.size(), NOON);
    }

    private Version version(Stage stage) {
        Version version = ledger.versions().reserve(orders.name(), null, "app", "f".repeat(64), "rules");
        assertThat(ledger.versions().move(version.ref(), Stage.STAGED, stage)).isTrue();
        return version;
    }

    private long many(Anomalies anomalies, int reads, Instant at) {
        return IntStream.range(0, reads)
                .mapToLong(i -> anomalies.of(read("orders", 1, "10.1.2.3", at)).size())
                .sum();
    }

    private Read read(String identity, int version, String address, Instant at) {
        return new Read(identity, orders.name(), version, address(address), at);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
