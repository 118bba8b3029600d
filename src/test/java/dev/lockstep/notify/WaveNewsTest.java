package dev.lockstep.notify;

import static dev.lockstep.delivery.DeliveryHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.delivery.DeliveryHouse;
import dev.lockstep.delivery.Reader;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.notify.kubernetes.ApiServer;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Outbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A consumer that does nothing until it is called takes part in a wave of the shipped application, on two nodes. */
class WaveNewsTest {

    private static final CredentialName WAVED = CredentialName.of("test/shop/postgres/waved");
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String DOCUMENTS = """
            ---
            kind: Policy
            name: waved
            rotate: on-demand
            strategy: alternating
            secret: {type: password, length: 32, classes: [lower, upper, digit]}
            grace: {at-most: PT1H}
            canary: {waves: [{labels: {ring: early}, soak: PT5S}]}
            retries: {attempts: %d, backoff: [PT1S]}
            ---
            kind: Credential
            name: test/shop/postgres/waved
            owner: shop
            class: database-user
            target: postgres
            store: embedded
            labels: {service: shop}
            principals: ["@role@_g", "@role@_h"]
            policy: waved
            consumers: [{name: web, labels: {ring: early}}, worker]
            ---
            kind: Channel
            name: web-hook
            type: webhook
            consumer: web
            settings: {url: "%s", secret: "${file:%s}"}
            ---
            kind: Channel
            name: worker-hook
            type: webhook
            consumer: worker
            settings: {url: "%s", secret: "${file:%s}"}
            """;

    private ReceivedHooks web;
    private ReceivedHooks worker;

    @BeforeEach
    void listen() {
        web = ReceivedHooks.listening(SECRET);
        worker = ReceivedHooks.listening(SECRET);
    }

    @AfterEach
    void stop() {
        web.close();
        worker.close();
    }

    private DeliveryHouse house(int attempts) {
        return house(attempts, "");
    }

    private DeliveryHouse house(int attempts, String more) {
        return DeliveryHouse.open(
                Map.of(),
                DOCUMENTS.formatted(attempts, web.url(), SecretFile.of(SECRET), worker.url(), SecretFile.of(SECRET))
                        + more);
    }

    private static String told(String sort, int version) {
        return "version." + sort + ' ' + WAVED + ' ' + version;
    }

    /** Version 1, which both have. */
    private static void first(DeliveryHouse house, List<Reader> readers) {
        house.rotateUntilPromoted(WAVED);
        readers.forEach(reader -> assertThat(reader.read(WAVED).version()).isEqualTo(1));
        await("quiet", () -> house.idle(WAVED));
    }

    @Test
    void itIsCalledAcknowledgesWithWhatItGotAndTheWavePasses() {
        try (DeliveryHouse house = house(20)) {
            ConfigurableApplicationContext other = house.anotherNode();
            try {
                Reader reader = house.reader("shop-web");
                first(house, List.of(reader, house.reader("shop-worker")));
                house.ask(WAVED);
                await("the call", () -> web.taken().contains(told("released", 2)));
                assertThat(house.stage(WAVED, 2)).isEqualTo("STAGED");
                ReceivedHooks.Call call = web.calls().stream()
                        .filter(each -> each.told().equals(told("released", 2)))
                        .findFirst()
                        .orElseThrow();
                assertThat(call.genuine()).isTrue();
                assertThat(call.json().path("data").fieldNames())
                        .toIterable()
                        .containsExactly("consumer", "credential", "version", "place", "read");

                assertThat(Reader.at(DeliveryHouse.port(other))
                                .token(reader.token())
                                .send(
                                        "POST",
                                        "events/acknowledgements",
                                        call.json().path("data").toString())
                                .status())
                        .isEqualTo(204);

                await("the promotion", () -> worker.taken().contains(told("promoted", 2)));
                await("the same for all", () -> web.taken().contains(told("promoted", 2)));
                assertThat(web.taken())
                        .doesNotHaveDuplicates()
                        .containsSubsequence(told("released", 2), told("promoted", 2));
                assertThat(worker.taken()).doesNotContain(told("released", 2));
            } finally {
                other.close();
            }
        }
    }

    @Test
    void whoDoesNotMoveIsToldThatTheVersionIsTakenBackAndReadsTheFormerOne() {
        try (DeliveryHouse house = house(1)) {
            Reader reader = house.reader("shop-web");
            first(house, List.of(reader, house.reader("shop-worker")));
            long operation = house.ask(WAVED);
            await("the call", () -> web.taken().contains(told("released", 2)));

            await("the second call", () -> web.taken().contains(told("withdrawn", 2)));

            assertThat(reader.read(WAVED).version()).isEqualTo(1);
            await("the end of the version", () -> house.stage(WAVED, 2).equals("DISCARDED"));
            assertThat(house.bean(Operations.class).get(operation).failureMessage())
                    .contains("have confirmed", "web");
            assertThat(worker.taken()).containsExactly(told("promoted", 1));
            assertThat(web.taken()).containsExactly(told("promoted", 1), told("released", 2), told("withdrawn", 2));
        }
    }

    @Test
    void podsThatReadWhenTheyStartAreRestartedInTheirWaveAndNotAgainAtThePromotion() {
        try (ApiServer cluster = ApiServer.of("/apis/apps/v1/namespaces/shop/deployments/web")) {
            cluster.accept("token-of-the-cluster");
            try (DeliveryHouse house = house(20, """
                    ---
                    kind: Channel
                    name: web-pods
                    type: kubernetes
                    consumer: web
                    settings: {api: "%s", namespace: shop, deployment: web, token: "${file:%s}"}
                    """.formatted(cluster.url(), SecretFile.of("token-of-the-cluster")))) {
                Reader pod = house.reader("shop-web");
                first(house, List.of(pod, house.reader("shop-worker")));
                await("the start with the first version", () -> cluster.generation() == 2);
                house.ask(WAVED);
                await("the restart", () -> cluster.generation() == 3);
                assertThat(house.stage(WAVED, 2)).isEqualTo("STAGED");

                assertThat(pod.read(WAVED).version()).isEqualTo(2);

                await("the promotion", () -> web.taken().contains(told("promoted", 2)));
                await("the outbox", () -> house.bean(Outbox.class).backlog() == 0);
                assertThat(cluster.generation()).isEqualTo(3);
                assertThat(cluster.annotations().toString()).contains(WAVED + "@2:released#");
            }
        }
    }
}
