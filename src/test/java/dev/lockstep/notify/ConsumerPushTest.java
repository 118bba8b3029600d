package dev.lockstep.notify;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static dev.lockstep.delivery.DeliveryHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.delivery.DeliveryHouse;
import dev.lockstep.delivery.Reader;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** A consumer that has a channel is called when its versions begin and end, by the shipped application. */
@ExtendWith(OutputCaptureExtension.class)
class ConsumerPushTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private ReceivedHooks web;

    @BeforeEach
    void listen() {
        web = ReceivedHooks.listening(SECRET);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private DeliveryHouse house(Map<String, String> settings, String more) {
        return DeliveryHouse.open(settings, """
                ---
                kind: Channel
                name: web-hook
                type: webhook
                consumer: web
                settings: {url: "%s", secret: "${file:%s}"}
                """.formatted(web.url(), SecretFile.of(SECRET)) + more);
    }

    private static String told(String sort, CredentialName credential, int version) {
        return "version." + sort + ' ' + credential + ' ' + version;
    }

    @Test
    void itIsCalledAtPromotionAndAtRetirementWithASignatureAndWithoutTheValue(CapturedOutput log) {
        try (DeliveryHouse house = house(Map.of(), "")) {
            house.rotate(SINGLE);
            await("the first", () -> web.taken().contains(told("promoted", SINGLE, 1)));
            house.rotate(SINGLE);
            await("the end", () -> web.taken().contains(told("retired", SINGLE, 1)));

            assertThat(web.taken())
                    .containsExactlyInAnyOrder(
                            told("promoted", SINGLE, 1), told("promoted", SINGLE, 2), told("retired", SINGLE, 1));
            assertThat(web.calls()).allMatch(ReceivedHooks.Call::genuine);
            assertThat(web.calls()).extracting(ReceivedHooks.Call::id).doesNotHaveDuplicates();
            ReceivedHooks.Call promoted = web.calls().stream()
                    .filter(call -> call.told().equals(told("promoted", SINGLE, 2)))
                    .findFirst()
                    .orElseThrow();
            assertThat(promoted.json().fieldNames()).toIterable().containsExactly("type", "timestamp", "data");
            assertThat(Instant.parse(promoted.json().path("timestamp").asText()))
                    .isBefore(Instant.now());
            assertThat(promoted.json().path("data").fieldNames())
                    .toIterable()
                    .containsExactly("consumer", "credential", "version", "place", "read");
            assertThat(promoted.json().at("/data/consumer").asText()).isEqualTo("web");
            assertThat(promoted.json().at("/data/read").asText()).isEqualTo("/v1/secret/data/" + SINGLE);
            String value = value(house, 2);
            assertThat(web.calls()).noneMatch(call -> call.body().contains(value));
            assertThat(log.getAll()).doesNotContain(value).doesNotContain(SECRET);
            assertThat(house.jdbc()
                            .sql("SELECT subject || body || link FROM notice")
                            .query(String.class)
                            .list())
                    .noneMatch(notice -> notice.contains(value));
        }
    }

    private static String value(DeliveryHouse house, int version) {
        try (SecretValue value = house.bean(SecretStores.class)
                .store("embedded")
                .read(new SecretRef(SINGLE, version))
                .orElseThrow()) {
            return value.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Test
    void whoIsNoConsumerIsNotCalledAndTheReturnToAVersionIsTold() {
        try (ReceivedHooks batch = ReceivedHooks.listening(SECRET);
                DeliveryHouse house = house(Map.of(), """
                        ---
                        kind: Channel
                        name: batch-hook
                        type: webhook
                        consumer: batch
                        settings: {url: "%s", secret: "${file:%s}"}
                        """.formatted(batch.url(), SecretFile.of(SECRET)))) {
            house.rotate(SINGLE);
            Versions versions = house.bean(Versions.class);
            SecretRef first = new SecretRef(SINGLE, 1);
            SecretRef second =
                    versions.reserve(SINGLE, null, "nobody", "f", "r").ref();
            house.bean(TransactionTemplate.class).executeWithoutResult(status -> versions.promote(second));
            await("the second", () -> web.taken().contains(told("promoted", SINGLE, 2)));
            house.bean(TransactionTemplate.class).executeWithoutResult(status -> versions.demote(second, first));

            await(
                    "the first again",
                    () -> web.taken()
                            .equals(List.of(
                                    told("promoted", SINGLE, 1),
                                    told("promoted", SINGLE, 2),
                                    told("promoted", SINGLE, 1))));
            versions.move(first, Stage.CURRENT, Stage.REVOKED);
            await("its end", () -> web.taken().contains(told("revoked", SINGLE, 1)));
            assertThat(batch.calls()).isEmpty();
        }
    }

    @Test
    void aReceiverThatIsDownHoldsUpNothingAndIsToldLaterAndShowsMeanwhile() {
        web.answer(503);
        try (DeliveryHouse house = house(Map.of(), "")) {
            house.rotate(SINGLE);
            long second = house.ask(SINGLE);
            await("the end", () -> house.bean(Operations.class).get(second).outcome() != null);
            assertThat(house.current(SINGLE)).isEqualTo(2);
            assertThat(house.idle(SINGLE)).isTrue();
            await(
                    "a failed try",
                    () -> house.bean(Outbox.class).troubled(Instant.EPOCH, 10).stream()
                            .anyMatch(trouble -> trouble.channel().equals("web-hook")));
            assertThat(web.taken()).isEmpty();

            web.answer(204);
            await("what was missed", () -> web.taken().size() == 3);
            assertThat(web.taken())
                    .containsExactlyInAnyOrder(
                            told("promoted", SINGLE, 1), told("promoted", SINGLE, 2), told("retired", SINGLE, 1));
            assertThat(ids(told("promoted", SINGLE, 2)))
                    .as("at each try the same")
                    .hasSize(1);
        }
    }

    private List<String> ids(String told) {
        return web.calls().stream()
                .filter(call -> call.told().equals(told))
                .map(ReceivedHooks.Call::id)
                .distinct()
                .toList();
    }

    @Test
    void whatANodePromotedAndDidNotDeliverBeforeItDiedTheNextDelivers() {
        try (DeliveryHouse house = house(Map.of("lockstep.notify", "false"), "")) {
            house.rotate(SINGLE);
            await("the outbox", () -> house.bean(Outbox.class).backlog() == 1);
            String message = house.jdbc()
                    .sql("SELECT message FROM notice_delivery")
                    .query(String.class)
                    .single();
            assertThat(web.calls()).isEmpty();

            ConfigurableApplicationContext next = house.anotherNode();
            try {
                await("the call", () -> web.taken().equals(List.of(told("promoted", SINGLE, 1))));
                assertThat(web.calls()).extracting(ReceivedHooks.Call::id).containsExactly(message);
            } finally {
                next.close();
            }
        }
    }

    @Test
    void twoNodesTellOnceAndAnAcknowledgementEndsTheGrace() {
        try (DeliveryHouse house = house(Map.of(), "")) {
            ConfigurableApplicationContext other = house.anotherNode();
            try {
                house.rotate(SINGLE);
                house.rotateUntilPromoted(PAIR);
                Reader reader = house.reader("shop-web");
                List<Reader> all = List.of(reader, house.reader("shop-worker"), house.reader("shop-report"));
                all.forEach(each -> each.read(PAIR));
                await("quiet", () -> house.idle(PAIR));
                house.rotateUntilPromoted(PAIR);
                await("the call", () -> web.taken().contains(told("promoted", PAIR, 2)));

                all.forEach(each -> assertThat(each.send(
                                        "POST",
                                        "events/acknowledgements",
                                        web.calls().stream()
                                                .filter(call -> call.told().equals(told("promoted", PAIR, 2)))
                                                .findFirst()
                                                .orElseThrow()
                                                .json()
                                                .path("data")
                                                .toString())
                                .status())
                        .isEqualTo(204));
                await("the end", () -> web.taken().contains(told("retired", PAIR, 1)));

                assertThat(web.taken()).doesNotHaveDuplicates();
            } finally {
                other.close();
            }
        }
    }
}
