package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Versions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** A program tells with its token that it uses a version. */
class AcknowledgementsTest {

    private static DeliveryHouse house;

    @BeforeAll
    static void open() {
        house = DeliveryHouse.open();
        house.rotateUntilPromoted(PAIR);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void readersGo() {
        List.of("shop-web", "shop-worker", "shop-report", "shop-batch", "ops-tool")
                .forEach(identity -> house.bean(MachineLogins.class).revokeTokens(identity, "test"));
    }

    private static Reader.Answer acknowledge(Reader reader, CredentialName credential, Object version) {
        return reader.send(
                "POST",
                "events/acknowledgements",
                "{\"credential\": \"" + credential + "\", \"version\": " + version + "}");
    }

    private static long recorded(String action, String actor, CredentialName credential, int version) {
        return house.jdbc()
                .sql("SELECT count(*) FROM audit_event WHERE action = :action AND actor = :actor"
                        + " AND subject = :subject AND details LIKE :version")
                .param("action", action)
                .param("actor", actor)
                .param("subject", credential.value())
                .param("version", "%\"version\":\"" + version + "\"%")
                .query(Long.class)
                .single();
    }

    @Test
    void theGraceEndsWhenEverybodyHasAcknowledgedWithoutAnybodyReading() {
        Reader web = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        Reader report = house.reader("shop-report");
        List.of(web, worker, report).forEach(reader -> reader.read(PAIR));
        await("quiet", () -> house.idle(PAIR));
        int old = house.current(PAIR);
        house.rotateUntilPromoted(PAIR);
        ConfigurableApplicationContext other = house.anotherNode();
        try {
            assertThat(acknowledge(web, PAIR, old + 1).status()).isEqualTo(204);
            assertThat(acknowledge(web, PAIR, old + 1).status()).as("again").isEqualTo(204);
            assertThat(acknowledge(worker, PAIR, old + 1).status()).isEqualTo(204);
            assertThat(house.bean(Consumers.class).laggards(new SecretRef(PAIR, old + 1)))
                    .containsExactly("report");
            assertThat(house.stage(PAIR, old)).isEqualTo("PREVIOUS");

            Reader there = Reader.at(DeliveryHouse.port(other)).token(report.token());
            assertThat(acknowledge(there, PAIR, old + 1).status()).isEqualTo(204);
            await("retirement", () -> house.stage(PAIR, old).equals("RETIRED"));
        } finally {
            other.close();
        }
        assertThat(recorded("consumer.acknowledge", "shop-web", PAIR, old + 1)).isEqualTo(1);
        assertThat(recorded("secret.read", "shop-web", PAIR, old + 1)).isZero();
    }

    @Test
    void eachCopySpeaksForItself() {
        Reader web = house.reader("shop-web");
        Reader copy = house.reader("shop-web");
        List<Reader> all = List.of(web, copy, house.reader("shop-worker"), house.reader("shop-report"));
        all.forEach(reader -> reader.read(PAIR));
        await("quiet", () -> house.idle(PAIR));
        int old = house.current(PAIR);
        house.rotateUntilPromoted(PAIR);

        all.stream().filter(reader -> reader != copy).forEach(reader -> acknowledge(reader, PAIR, old + 1));
        assertThat(house.bean(Consumers.class).laggards(new SecretRef(PAIR, old + 1)))
                .containsExactly("web");
        acknowledge(copy, PAIR, old + 1);

        await("retirement", () -> house.stage(PAIR, old).equals("RETIRED"));
    }

    @Test
    void whatIsNotItsOwnIsRefusedAndRecorded() {
        int version = house.current(PAIR);
        Reader tool = house.reader("ops-tool");
        Reader web = house.reader("shop-web");
        CredentialName foreign = CredentialName.of("test/shop/postgres/apart");
        CredentialName unknown = CredentialName.of("test/shop/postgres/never");

        assertThat(acknowledge(tool, PAIR, version).status())
                .as("it may read, and is no consumer")
                .isEqualTo(403);
        assertThat(acknowledge(web, foreign, 1).status()).isEqualTo(403);
        assertThat(acknowledge(web, unknown, 1).body())
                .isEqualTo(acknowledge(web, foreign, 1).body());
        assertThat(acknowledge(Reader.at(house.port()), PAIR, version).status()).isEqualTo(403);

        assertThat(recorded("consumer.acknowledge-refuse", "ops-tool", PAIR, version))
                .isEqualTo(1);
        assertThat(recorded("consumer.acknowledge-refuse", "shop-web", foreign, 1))
                .isEqualTo(2);
        assertThat(house.bean(Consumers.class).of(PAIR))
                .extracting(Consumers.Sighting::consumer)
                .containsExactly("report", "web", "worker");
    }

    @Test
    void aVersionThatIsUnknownOrOverIsRefusedWithWhatToDo() {
        Reader web = house.reader("shop-web");
        List<Reader> all = List.of(web, house.reader("shop-worker"), house.reader("shop-report"));
        all.forEach(reader -> reader.read(PAIR));
        await("quiet", () -> house.idle(PAIR));
        int old = house.current(PAIR);
        house.rotateUntilPromoted(PAIR);

        Reader.Answer never = acknowledge(web, PAIR, 999);
        assertThat(never.status()).isEqualTo(404);
        assertThat(never.body().at("/errors/0").asText()).contains("has no version 999");
        Reader.Answer previous = acknowledge(web, PAIR, old);
        assertThat(previous.status()).isEqualTo(409);
        assertThat(previous.body().at("/errors/0").asText())
                .contains("version " + old, "is previous", "read version " + (old + 1) + " and acknowledge that");
        all.forEach(reader -> reader.read(PAIR));
        await("quiet", () -> house.idle(PAIR));
        assertThat(acknowledge(web, PAIR, old).status()).isEqualTo(409);

        assertThat(recorded("consumer.acknowledge-refuse", "shop-web", PAIR, old))
                .isEqualTo(2);
    }

    @Test
    void aVersionThatIsReleasedIsAcknowledgedByThatConsumerOnlyAndOnlyUntilItIsWithdrawn() {
        Consumers consumers = house.bean(Consumers.class);
        Versions versions = house.bean(Versions.class);
        Reader web = house.reader("shop-web");
        Reader worker = house.reader("shop-worker");
        SecretRef ref = versions.reserve(PAIR, null, "nobody", "f", "r").ref();
        try {
            assertThat(acknowledge(web, PAIR, ref.version()).status()).isEqualTo(404);
            consumers.release(ref, List.of("web"));

            assertThat(acknowledge(web, PAIR, ref.version()).status()).isEqualTo(204);
            assertThat(acknowledge(worker, PAIR, ref.version()).status()).isEqualTo(404);
            assertThat(consumers.laggards(ref)).containsExactly("report", "worker");

            consumers.withdraw(ref);
            assertThat(acknowledge(web, PAIR, ref.version()).status()).isEqualTo(404);
        } finally {
            versions.move(ref, Stage.STAGED, Stage.DISCARDED);
        }
        Reader.Answer over = acknowledge(web, PAIR, ref.version());
        assertThat(over.status()).isEqualTo(409);
        assertThat(over.body().at("/errors/0").asText()).contains("is discarded", "and acknowledge that");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"credential\": \"test/shop/postgres/pair\"}",
                "{\"credential\": \"test/shop/postgres/pair\", \"version\": 0}",
                "{\"credential\": \"test/shop/postgres/pair\", \"version\": 1.5}",
                "{\"credential\": \"test/shop/postgres/pair\", \"version\": \"1\"}",
                "{\"credential\": \"test/shop/postgres/pair\", \"version\": 99999999999}",
                "{\"credential\": \"../../etc\", \"version\": 1}",
                "{\"credential\": {\"a\": 1}, \"version\": 1}",
                "{\"credential\": \"a\u0000b\", \"version\": 1}"
            })
    void aBodyThatIsNoneIsRefused(String body) {
        Reader.Answer answer = house.reader("shop-web").send("POST", "events/acknowledgements", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors")).hasSize(1);
    }

    @Test
    void whoIsRefusedTooOftenHasToWaitAndOthersDoNot() {
        Reader batch = house.reader("shop-batch");
        for (int i = 0; i < Limits.MOST; i++) {
            assertThat(acknowledge(batch, PAIR, 1).status()).isEqualTo(403);
        }

        assertThat(acknowledge(batch, PAIR, 1).status()).isEqualTo(429);
        assertThat(recorded("consumer.acknowledge-refuse", "shop-batch", PAIR, 1))
                .isEqualTo(Limits.MOST);
        assertThat(batch.read(PAIR).status()).as("reading goes on").isEqualTo(200);
        assertThat(house.reader("shop-web").get("events/acknowledgements").status())
                .isEqualTo(405);
    }
}
