package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Consumers.Sighting;
import java.time.Duration;
import java.util.List;

class ConsumersTest {

    @OnEachDatabase
    void exactly_the_registered_consumers_are_known_and_keep_what_they_have_seen(LedgerStand stand) {
        Consumers consumers = registered(stand);
        consumers.seen("shop-web", new SecretRef(ORDERS, 2));

        consumers.register(ORDERS, List.of("shop-web", "Shop-admin", "shop_jobs", "shop-web"));

        assertThat(consumers.of(ORDERS))
                .containsExactly(
                        new Sighting("Shop-admin", null, null),
                        new Sighting("shop-web", 2, NOON),
                        new Sighting("shop_jobs", null, null));
        consumers.register(ORDERS, List.of());
        assertThat(consumers.of(ORDERS)).isEmpty();
    }

    @OnEachDatabase
    void a_consumer_that_is_not_registered_is_not_noted(LedgerStand stand) {
        Consumers consumers = registered(stand);

        assertThat(consumers.seen("stranger", new SecretRef(ORDERS, 1))).isFalse();
        assertThat(consumers.seen("shop-web", new SecretRef(BILLING, 1))).isFalse();
        assertThat(consumers.of(ORDERS)).extracting(Sighting::version).containsOnlyNulls();
    }

    @OnEachDatabase
    void a_consumer_can_fall_back_and_is_a_laggard_again(LedgerStand stand) {
        Consumers consumers = registered(stand);
        assertThat(consumers.laggards(new SecretRef(ORDERS, 2))).containsExactly("shop-jobs", "shop-web");

        consumers.seen("shop-web", new SecretRef(ORDERS, 3));
        consumers.seen("shop-jobs", new SecretRef(ORDERS, 1));
        assertThat(consumers.laggards(new SecretRef(ORDERS, 2))).containsExactly("shop-jobs");

        stand.clock.advance(Duration.ofMinutes(1));
        assertThat(consumers.seen("shop-web", new SecretRef(ORDERS, 1))).isTrue();
        assertThat(consumers.of(ORDERS)).contains(new Sighting("shop-web", 1, NOON.plusSeconds(60)));
        assertThat(consumers.laggards(new SecretRef(ORDERS, 2))).containsExactly("shop-jobs", "shop-web");
        assertThat(consumers.laggards(new SecretRef(ORDERS, 1))).isEmpty();
    }

    @OnEachDatabase
    void consumers_join_the_transaction_of_the_caller(LedgerStand stand) {
        Consumers consumers = registered(stand);
        Failures.rolledBack(stand.ledger, () -> {
            consumers.seen("shop-web", new SecretRef(ORDERS, 1));
            consumers.register(ORDERS, List.of("other"));
        });

        assertThat(consumers.of(ORDERS))
                .containsExactly(new Sighting("shop-jobs", null, null), new Sighting("shop-web", null, null));
    }

    private static Consumers registered(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        stand.ledger.inventory().register(BILLING, "orders-db", null);
        Consumers consumers = stand.ledger.consumers();
        consumers.register(ORDERS, List.of("shop-web", "shop-jobs"));
        return consumers;
    }
}
