package dev.lockstep.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.Channel;
import dev.lockstep.port.Channels;
import dev.lockstep.port.Outbox;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a change of a version to the outbox, with deaths in between. */
class ConsumerNewsTest {

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private final TestLedger ledger =
            TestLedger.on(TestDatabase.open(TestDatabase.Kind.POSTGRESQL), TestClock.frozenAt(NOON), event -> {});
    private final AtomicInteger woken = new AtomicInteger();
    private boolean configured = true;

    @BeforeEach
    void promoted() {
        ledger.queued(ORDERS);
        ledger.consumers().register(ORDERS, List.of(Consumer.named("web"), Consumer.named("worker")));
        SecretRef first = ledger.versions()
                .reserve(ORDERS, null, "orders", "f".repeat(64), "rules")
                .ref();
        ledger.versions().promote(first);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private ConsumerNews news(Outbox outbox) {
        return new ConsumerNews(
                ledger.versionChanges(), ledger.consumers(), new WebOnly(), outbox, woken::incrementAndGet);
    }

    @Test
    void a_consumer_with_a_channel_gets_one_notice_however_many_nodes_look() {
        ConsumerNews news = news(ledger.outbox());

        assertThat(news.turn()).isFalse();
        news(ledger.outbox()).turn();

        assertThat(woken).hasValue(1);
        Outbox.Parcel parcel =
                ledger.outbox().claim("web-hook", NOON, Delivery.LEASE).orElseThrow();
        assertThat(parcel.content().kind()).isEqualTo("version.promoted");
        assertThat(parcel.content().group()).isEqualTo("web");
        assertThat(parcel.content().about()).isEqualTo(new Notice.About(new SecretRef(ORDERS, 1), 1));
        assertThat(parcel.content().link()).isEqualTo("/v1/secret/data/" + ORDERS);
        assertThat(ledger.outbox().backlog()).isEqualTo(1);
    }

    @Test
    void a_node_that_dies_while_it_writes_leaves_all_of_it_to_the_next() {
        Outbox dying = (Outbox) java.lang.reflect.Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    method.invoke(ledger.outbox(), arguments);
                    throw new IllegalStateException("died after the write");
                });

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> news(dying).turn())
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.outbox().backlog()).isZero();
        assertThat(ledger.versionChanges().last()).isZero();

        news(ledger.outbox()).turn();
        assertThat(ledger.outbox().backlog()).isEqualTo(1);
    }

    @Test
    void without_a_channel_a_change_only_gets_its_place() {
        configured = false;

        news(ledger.outbox()).turn();

        assertThat(ledger.outbox().backlog()).isZero();
        assertThat(ledger.versionChanges().last()).isEqualTo(1);
        assertThat(woken).hasValue(0);
    }

    @Test
    void a_release_and_a_withdrawal_are_told_to_that_consumer_only_even_when_it_is_none_any_more() {
        SecretRef staged = ledger.versions()
                .reserve(ORDERS, null, "orders", "e".repeat(64), "rules")
                .ref();
        ledger.consumers().release(staged, List.of("worker"));
        news(ledger.outbox()).turn();
        assertThat(kinds()).containsExactly("version.promoted");

        ledger.consumers().release(staged, List.of("web"));
        ledger.consumers().register(ORDERS, List.of(Consumer.named("worker")));
        news(ledger.outbox()).turn();
        news(ledger.outbox()).turn();

        assertThat(kinds()).containsExactly("version.promoted", "version.released", "version.withdrawn");
        assertThat(ledger.database()
                        .jdbc()
                        .sql("SELECT DISTINCT recipients FROM notice")
                        .query(String.class)
                        .list())
                .containsExactly("web");
    }

    private List<String> kinds() {
        return ledger.database()
                .jdbc()
                .sql("SELECT kind FROM notice ORDER BY place")
                .query(String.class)
                .list();
    }

    private final class WebOnly implements Channels {

        @Override
        public List<String> of(Notice notice) {
            return List.of();
        }

        @Override
        public List<String> ofConsumer(String consumer) {
            return configured && consumer.equals("web") ? List.of("web-hook") : List.of();
        }

        @Override
        public boolean anyConsumer() {
            return configured;
        }

        @Override
        public Channel channel(String name) {
            throw new AssertionError("nothing is sent here");
        }
    }
}
