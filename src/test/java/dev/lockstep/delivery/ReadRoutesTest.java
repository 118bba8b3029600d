package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes, their answers and their refusals, as the protocol has them. */
class ReadRoutesTest {

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

    @Test
    void aReaderGetsWhatLogsIn() {
        Reader.Answer answer = house.reader("shop-web").read(SINGLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.raw().headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.raw().headers().map()).doesNotContainKey("Set-Cookie");
        assertThat(answer.body().fieldNames())
                .toIterable()
                .containsExactly(
                        "request_id",
                        "lease_id",
                        "renewable",
                        "lease_duration",
                        "data",
                        "wrap_info",
                        "warnings",
                        "auth");
        assertThat(answer.body().at("/data/metadata").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("created_time", "custom_metadata", "deletion_time", "destroyed", "version");
        assertThat(answer.version()).isEqualTo(house.current(SINGLE));
        assertThat(house.logsIn(
                        answer.value().path("username").asText(),
                        answer.value().path("password").asText()))
                .isTrue();
    }

    @Test
    void eachRequestIsTimedOnce() throws Exception {
        house.reader("shop-web").read(SINGLE);
        HttpRequest other = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + house.port() + "/actuator/health/liveness"))
                .build();
        HttpClient.newHttpClient().send(other, BodyHandlers.discarding());

        MeterRegistry meters = house.bean(MeterRegistry.class);
        DeliveryHouse.await(
                "the other request",
                () -> !meters.find("http.server.requests").timers().isEmpty());
        assertThat(meters.get("lockstep.read").tag("outcome", "served").timer().count())
                .isPositive();
        assertThat(meters.find("http.server.requests").tag("uri", "UNKNOWN").timers())
                .isEmpty();
    }

    @Test
    void aTokenMayComeAsBearerAndBesideAnEmptyNamespace() {
        String token = house.reader("shop-web").token();

        assertThat(Reader.at(house.port())
                        .with("Authorization", "Bearer " + token)
                        .with("X-Vault-Namespace", "")
                        .with("X-Vault-Request", "true")
                        .read(SINGLE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void withoutAValidTokenNothingIsTold() {
        Reader nobody = Reader.at(house.port());
        String token = house.reader("shop-web").token();

        for (Reader.Answer answer : List.of(
                nobody.read(SINGLE),
                nobody.get("secret/data/test/no/such/thing"),
                nobody.get("no/such/route"),
                Reader.at(house.port()).token("lks.wrong").read(SINGLE),
                Reader.at(house.port()).token(token + "x").read(SINGLE),
                Reader.at(house.port())
                        .with("Authorization", "Basic YWRtaW46YWRtaW4=")
                        .read(SINGLE))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().toString()).isEqualTo("{\"errors\":[\"permission denied\"]}");
        }
        Reader.Answer inQuery = nobody.get("secret/data/" + SINGLE + "?X-Vault-Token=" + token);
        assertThat(inQuery.status()).isEqualTo(403);
        assertThat(inQuery.raw().body()).doesNotContain(token);
    }

    @Test
    void whatMayNotBeReadIsRefusedWhetherItIsThereOrNot() {
        Reader reader = house.reader("shop-web");

        assertThat(reader.get("secret/data/test/shop/postgres/apart").status()).isEqualTo(403);
        assertThat(reader.get("secret/data/test/shop/postgres/none").status()).isEqualTo(403);
        assertThat(reader.get("secret/metadata/test/shop/postgres/apart").status())
                .isEqualTo(403);
        assertThat(reader.get("database/static-creds/test/shop/postgres/apart").status())
                .isEqualTo(403);
    }

    @Test
    void whatHasNoVersionYetIsMissing() {
        Reader.Answer answer = house.reader("ops-tool").get("secret/data/test/shop/postgres/apart");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().toString()).isEqualTo("{\"errors\":[]}");
    }

    @Test
    void aVersionThatIsOverIsAnsweredAsOneThatWasDeleted() {
        int old = house.current(SINGLE);
        house.rotate(SINGLE);
        Reader reader = house.reader("shop-web");

        Reader.Answer answer = reader.get("secret/data/" + SINGLE + "?version=" + old);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().has("errors")).isFalse();
        assertThat(answer.value().isNull()).isTrue();
        assertThat(answer.version()).isEqualTo(old);
        assertThat(answer.body().at("/data/metadata/deletion_time").asText()).isNotEmpty();
        assertThat(reader.get("secret/data/" + SINGLE + "?version=0").version()).isEqualTo(house.current(SINGLE));
        assertThat(reader.get("secret/data/" + SINGLE + "?version=999").status())
                .isEqualTo(404);
        assertThat(reader.get("secret/data/" + SINGLE + "?version=x").status()).isEqualTo(400);
    }

    @Test
    void whileTheGraceLastsThePreviousVersionCanBeAskedFor() {
        house.rotateUntilPromoted(PAIR);
        Reader reader = house.reader("ops-tool");
        int old = reader.read(PAIR).version();
        house.reader("shop-web").read(PAIR);
        house.reader("shop-worker").read(PAIR);
        house.reader("shop-report").read(PAIR);
        DeliveryHouse.await("the end of what was before", () -> house.idle(PAIR));
        house.rotateUntilPromoted(PAIR);

        Reader.Answer previous = reader.get("secret/data/" + PAIR + "?version=" + old);
        Reader.Answer current = reader.read(PAIR);
        assertThat(previous.version()).isEqualTo(old);
        assertThat(previous.body().path("warnings")).isNotEmpty();
        assertThat(current.version()).isEqualTo(old + 1);
        for (Reader.Answer each : List.of(previous, current)) {
            assertThat(house.logsIn(
                            each.value().path("username").asText(),
                            each.value().path("password").asText()))
                    .isTrue();
        }
        JsonNode versions = reader.get("secret/metadata/" + PAIR).body().at("/data/versions");
        assertThat(versions.at("/" + old + "/deletion_time").asText()).isEmpty();
    }

    @Test
    void metadataTellsOfVersionsAndNeverOfValues() {
        Reader reader = house.reader("shop-web");
        Reader.Answer answer = reader.get("secret/metadata/" + SINGLE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/current_version").asInt()).isEqualTo(house.current(SINGLE));
        assertThat(answer.body().at("/data/versions").size()).isGreaterThanOrEqualTo(1);
        assertThat(answer.raw().body())
                .doesNotContain(reader.read(SINGLE).value().path("password").asText());
    }

    @Test
    void foldersAreListedByEitherVerbAndShowOnlyWhatMayBeRead() {
        Reader reader = house.reader("shop-web");

        for (Reader.Answer answer : List.of(
                reader.send("LIST", "secret/metadata/test/shop/postgres", ""),
                reader.get("secret/metadata/test/shop/postgres/?list=true"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().at("/data/keys"))
                    .extracting(JsonNode::asText)
                    .containsExactly("hasty", "pair", "single");
        }
        assertThat(reader.get("secret/metadata?list=true").body().at("/data/keys"))
                .extracting(JsonNode::asText)
                .containsExactly("test/");
        assertThat(reader.send("LIST", "secret/metadata/prod", "").status()).isEqualTo(404);
    }

    @Test
    void theVerbListIsForReadersOnly() throws Exception {
        HttpRequest list = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + house.port() + "/api/v1/credentials"))
                .method("LIST", BodyPublishers.noBody())
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(list, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aStaticRoleTellsWhenToComeBack() {
        Reader.Answer answer = house.reader("shop-web").get("database/static-creds/" + SINGLE);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode data = answer.body().path("data");
        assertThat(house.logsIn(
                        data.path("username").asText(), data.path("password").asText()))
                .isTrue();
        long month = 30 * 24 * 3600L;
        assertThat(data.path("rotation_period").asLong()).isEqualTo(month);
        assertThat(data.path("ttl").asLong()).isBetween(month - 120, month);
        assertThat(data.path("last_vault_rotation").asText()).isNotEmpty();
    }

    @Test
    void anAgentComesBackSoonWhileARotationIsDue() {
        house.jdbc()
                .sql(
                        "UPDATE credential SET next_rotation_at = CURRENT_TIMESTAMP + INTERVAL '5' SECOND WHERE name = :name")
                .param("name", SINGLE.value())
                .update();

        assertThat(house.reader("shop-web")
                        .get("database/static-creds/" + SINGLE)
                        .body()
                        .at("/data/ttl")
                        .asInt())
                .isBetween(2, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void nothingIsWrittenHere(String verb) {
        Reader reader = house.reader("shop-web");

        assertThat(reader.send(verb, "secret/data/" + SINGLE, "{\"data\": {}}").status())
                .isEqualTo(405);
        assertThat(reader.send(verb, "secret/metadata/" + SINGLE, "{}").status())
                .isEqualTo(405);
        assertThat(reader.send(verb, "secret/destroy/" + SINGLE, "{}").status()).isEqualTo(405);
        assertThat(reader.send(verb, "database/static-creds/" + SINGLE, "{}").status())
                .isEqualTo(405);
    }

    @Test
    void mountsAndHealthAreTold() {
        Reader reader = house.reader("shop-web");
        JsonNode mount =
                reader.get("sys/internal/ui/mounts/secret/" + SINGLE).body().path("data");

        assertThat(mount.path("path").asText()).isEqualTo("secret/");
        assertThat(mount.at("/options/version").isTextual()).isTrue();
        assertThat(mount.at("/options/version").asText()).isEqualTo("2");
        assertThat(reader.get("sys/internal/ui/mounts/other/x").status()).isEqualTo(403);
        assertThat(reader.get("sys/mounts").body().path("data").has("secret/")).isTrue();
        Reader.Answer health = Reader.at(house.port()).get("sys/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.body().path("sealed").isBoolean()).isTrue();
        Reader.Answer head = Reader.at(house.port()).send("HEAD", "sys/health?standbyok=true", "");
        assertThat(head.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret/data/test/shop/postgres/%2e%2e/pair",
                "secret/data/test/shop/postgres/..;/pair",
                "secret/data/test/shop/postgres/pa%0d%0air",
                "secret/data/test/shop/postgres/pair%00",
                "secret/data/test/shop/postgres/PAIR",
                "secret/data/test/shop/pair",
                "secret/metadata/x",
            })
    void anOddPathIsRefusedInTheFormOfTheProtocol(String path) {
        Reader.Answer answer = house.reader("shop-web").get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors")).isNotEmpty();
    }
}
