package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Consumers.Sighting;
import dev.lockstep.port.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

class ConsumersTest {

    @OnEachDatabase
    void exactly_the_registered_consumers_are_known_and_keep_what_they_have_seen(LedgerStand stand) {
        Consumers consumers = registered(stand);
        consumers.seen("shop-web", new SecretRef(ORDERS, 2));

        consumers.register(ORDERS, named("shop-web", "Shop-admin", "shop_jobs"));

        assertThat(consumers.of(ORDERS))
                .containsExactly(
                        sighting("Shop-admin", null, null),
                        sighting("shop-web", 2, NOON),
                        sighting("shop_jobs", null, null));
        consumers.register(ORDERS, List.of());
        assertThat(consumers.of(ORDERS)).isEmpty();
    }

    @OnEachDatabase
    void what_a_consumer_uses_is_known_by_name(LedgerStand stand) {
        Consumers consumers = registered(stand);
        consumers.register(BILLING, named("shop-web"));
        consumers.seen("shop-web", new SecretRef(ORDERS, 2));

        assertThat(consumers.uses("shop-web", 10))
                .containsExactly(new Consumers.Use(BILLING, null, null), new Consumers.Use(ORDERS, 2, NOON));
        assertThat(consumers.uses("shop-web", 1)).hasSize(1);
        assertThat(consumers.uses("stranger", 10)).isEmpty();
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
        assertThat(consumers.of(ORDERS)).contains(sighting("shop-web", 1, NOON.plusSeconds(60)));
        assertThat(consumers.laggards(new SecretRef(ORDERS, 2))).containsExactly("shop-jobs", "shop-web");
        assertThat(consumers.laggards(new SecretRef(ORDERS, 1))).isEmpty();
    }

    @OnEachDatabase
    void consumers_join_the_transaction_of_the_caller(LedgerStand stand) {
        Consumers consumers = registered(stand);
        Failures.rolledBack(stand.ledger, () -> {
            consumers.seen("shop-web", new SecretRef(ORDERS, 1));
            consumers.register(ORDERS, named("other"));
        });

        assertThat(consumers.of(ORDERS))
                .containsExactly(sighting("shop-jobs", null, null), sighting("shop-web", null, null));
    }

    @OnEachDatabase
    void who_was_registered_through_the_api_stays_when_the_configuration_is_read_again(LedgerStand stand) {
        Consumers consumers = registered(stand);
        Consumer early = new Consumer("reports", Map.of("ring", "early", "note", "a=b"));

        assertThat(consumers.enroll(ORDERS, early)).isTrue();
        assertThat(consumers.enroll(ORDERS, early)).isTrue();
        assertThat(consumers.enroll(ORDERS, Consumer.named("shop-web"))).isFalse();
        consumers.register(ORDERS, named("shop-web"));

        assertThat(consumers.of(ORDERS))
                .containsExactly(
                        new Sighting("reports", early.labels(), false, null, null, null),
                        sighting("shop-web", null, null));
        assertThat(consumers.dismiss(ORDERS, "shop-web")).isFalse();
        assertThat(consumers.dismiss(ORDERS, "reports")).isTrue();
        assertThat(consumers.dismiss(ORDERS, "reports")).isFalse();
    }

    @OnEachDatabase
    void only_those_to_whom_a_staged_version_was_released_are_served_it(LedgerStand stand) {
        Consumers consumers = registered(stand);
        Versions versions = stand.ledger.versions();
        SecretRef first = versions.reserve(ORDERS, null, "app_a", "f1", "r").ref();
        versions.promote(first);
        SecretRef staged = versions.reserve(ORDERS, null, "app_b", "f2", "r").ref();

        consumers.release(staged, List.of("shop-jobs"));
        assertThat(consumers.served(ORDERS, "shop-jobs")).contains(staged);
        assertThat(consumers.served(ORDERS, "shop-web")).contains(first);
        assertThat(consumers.served(ORDERS, "stranger")).contains(first);
        assertThat(consumers.served(BILLING, "shop-web")).isEmpty();

        consumers.withdraw(staged);
        assertThat(consumers.served(ORDERS, "shop-jobs")).contains(first);
        consumers.release(staged, List.of("shop-jobs"));
        versions.move(staged, Stage.STAGED, Stage.DISCARDED);
        assertThat(consumers.served(ORDERS, "shop-jobs")).contains(first);
    }

    @OnEachDatabase
    void complaints_are_kept_by_version_and_name_each_consumer_once(LedgerStand stand) {
        Consumers consumers = registered(stand);
        SecretRef second = new SecretRef(ORDERS, 2);
        consumers.report("shop-web", second, ConsumerProblem.AUTHENTICATION_FAILED);
        consumers.report("shop-web", second, ConsumerProblem.PERMISSION_DENIED);
        consumers.report("shop-jobs", second, ConsumerProblem.UNUSABLE);

        assertThat(consumers.complaints(second)).containsExactly("shop-jobs", "shop-web");
        assertThat(consumers.complaints(new SecretRef(ORDERS, 3))).isEmpty();
    }

    private static Sighting sighting(String name, @Nullable Integer version, @Nullable Instant at) {
        return new Sighting(name, Map.of(), true, version, at, null);
    }

    private static List<Consumer> named(String... names) {
        return Stream.of(names).map(Consumer::named).toList();
    }

    private static Consumers registered(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        stand.ledger.inventory().register(BILLING, "orders-db", null);
        Consumers consumers = stand.ledger.consumers();
        consumers.register(ORDERS, named("shop-web", "shop-jobs"));
        return consumers;
    }
}
