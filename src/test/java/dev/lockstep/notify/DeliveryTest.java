package dev.lockstep.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.Channel;
import dev.lockstep.port.Channels;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveryTest {

    private static final Notice NOTICE = new Notice(
            "task.open",
            "high",
            "operators",
            "Somebody is asked",
            "What to do.",
            "/credentials/prod/shop/postgres/app");

    private final TestClock clock = TestClock.frozenAt(Instant.parse("2026-05-04T12:00:00Z"));
    private final List<AuditEvent> audit = new ArrayList<>();
    private final TestLedger ledger = TestLedger.on(TestDatabase.open(TestDatabase.Kind.H2), clock, audit::add);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PaperChannel channel = new PaperChannel();
    private final AtomicInteger woken = new AtomicInteger();
    private final OutboxNotifier notifier = new OutboxNotifier(ledger.outbox(), channel, woken::incrementAndGet);
    private final Delivery delivery = new Delivery(
            ledger.outbox(),
            channel,
            audit::add,
            new TransactionTemplate(ledger.database().transactions()),
            new NoticeMetrics(registry),
            clock,
            "https://lockstep.example.org/");

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void the_sender_is_woken_when_the_notice_is_committed_and_not_before() {
        ledger.inTransaction(() -> {
            notifier.tell(NOTICE);
            assertThat(woken).hasValue(0);
            return NOTICE;
        });

        assertThat(woken).hasValue(1);
        assertThat(delivery.next("paper")).isTrue();
        assertThat(channel.taken).containsExactly("Somebody is asked");
        assertThat(delivery.next("paper")).isFalse();
    }

    @Test
    void a_link_within_lockstep_leads_there_from_outside_too() {
        notifier.tell(NOTICE);

        delivery.next("paper");

        assertThat(channel.links).containsExactly("https://lockstep.example.org/credentials/prod/shop/postgres/app");
    }

    @Test
    void a_failed_try_is_repeated_with_growing_waits_until_it_gets_through() {
        notifier.tell(NOTICE);
        channel.failure = new RetryableException(FailureCode.CHANNEL_UNAVAILABLE, "down");
        assertThat(delivery.next("paper")).isFalse();
        assertThat(delivery.next("paper")).isFalse();
        assertThat(channel.ids).hasSize(1);

        clock.advance(Duration.ofSeconds(5));
        delivery.next("paper");
        clock.advance(Duration.ofSeconds(9));
        delivery.next("paper");
        assertThat(channel.ids).hasSize(2);

        channel.failure = null;
        clock.advance(Duration.ofSeconds(1));
        assertThat(delivery.next("paper")).isTrue();
        assertThat(channel.ids).hasSize(3).containsOnly(channel.ids.get(0));
        assertThat(count("failed")).isEqualTo(2);
        assertThat(count("delivered")).isEqualTo(1);
    }

    @Test
    void a_node_that_died_while_sending_leaves_the_notice_to_the_next() {
        notifier.tell(NOTICE);
        assertThat(ledger.outbox().claim("paper", clock.instant(), Delivery.LEASE))
                .isPresent();
        assertThat(delivery.next("paper")).isFalse();

        clock.advance(Delivery.LEASE);

        assertThat(delivery.next("paper")).isTrue();
    }

    @Test
    void after_the_last_try_it_is_given_up_for_everybody_to_see() {
        notifier.tell(NOTICE);
        channel.failure = new IllegalStateException("a defect with a secret in its text");

        for (int i = 0; i < Delivery.TRIES + 5; i++) {
            delivery.next("paper");
            clock.advance(Duration.ofHours(1));
        }

        assertThat(channel.ids).hasSize(Delivery.TRIES);
        assertThat(ledger.outbox().troubled(Instant.EPOCH, 10)).singleElement().satisfies(trouble -> {
            assertThat(trouble.givenUp()).isTrue();
            assertThat(trouble.why()).isEqualTo("the channel broke with IllegalStateException");
        });
        assertThat(audit).extracting(AuditEvent::action).containsExactly("notice.give-up");
        assertThat(count("given-up")).isEqualTo(1);
    }

    @Test
    void the_waits_double_up_to_an_hour() {
        assertThat(List.of(1, 2, 3, 10, 11, 20).stream().map(Delivery::waitAfter))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(2560),
                        Duration.ofHours(1),
                        Duration.ofHours(1));
    }

    @Test
    void the_sender_empties_the_outbox_by_itself() throws InterruptedException {
        Semaphore hint = new Semaphore(0);
        Sender sender = new Sender(ledger.outbox(), delivery, clock, hint);
        sender.start();
        try {
            notifier.tell(NOTICE);
            notifier.tell(NOTICE);
            hint.release();
            for (int i = 0; i < 100 && ledger.outbox().backlog() > 0; i++) {
                Thread.sleep(50);
            }
            assertThat(channel.taken).hasSize(2);
        } finally {
            sender.stop();
        }
    }

    private double count(String outcome) {
        return registry.get("lockstep.notices")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    /** Takes what it is told to take. */
    private static final class PaperChannel implements Channels, Channel {

        private final List<String> ids = new ArrayList<>();
        private final List<String> taken = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private @Nullable RuntimeException failure;

        @Override
        public List<String> of(Notice notice) {
            return List.of("paper");
        }

        @Override
        public List<String> ofConsumer(String consumer) {
            return List.of();
        }

        @Override
        public boolean anyConsumer() {
            return false;
        }

        @Override
        public Channel channel(String name) {
            return this;
        }

        @Override
        public synchronized void send(String id, Notice notice, Instant toldAt) {
            ids.add(id);
            if (failure != null) {
                throw failure;
            }
            taken.add(notice.subject());
            links.add(notice.link());
        }
    }
}
