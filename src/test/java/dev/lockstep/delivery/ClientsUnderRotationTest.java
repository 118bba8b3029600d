package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.PAIR;
import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.CredentialName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients of three languages, as they are, read and log in at a real database for two minutes, while what they read
 * rotates every few seconds; {@code .ci/run} installs those of other languages.
 */
@Tag("extended")
class ClientsUnderRotationTest {

    private static final Logger log = LoggerFactory.getLogger(ClientsUnderRotationTest.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 120;
    private static final int SECONDS_OF_ROTATIONS = 110;
    private static final long REST_NANOS = 2_000_000_000L;
    private static final double LONGEST_GAP_SECONDS = 5;
    private static final long LONGEST_WAIT_NANOS = 30_000_000_000L;

    /** What a client has seen in its time. */
    private record Seen(int versions, int logins, int failed, List<Double> gaps, boolean healed) {

        static Seen of(JsonNode told) {
            List<Double> gaps = new ArrayList<>();
            boolean healed = true;
            for (JsonNode gap : told.path("gaps")) {
                gaps.add(gap.path("seconds").asDouble());
                healed &= gap.path("healed").asBoolean();
            }
            return new Seen(
                    told.path("versions").size(),
                    told.path("logins").asInt(),
                    told.path("failed").asInt(),
                    gaps,
                    healed);
        }
    }

    @Test
    void noLoginFailsWithTwoAccountsAndEachHealsWithOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (DeliveryHouse house = DeliveryHouse.open()) {
            List.of(PAIR, SINGLE).forEach(house::rotateUntilPromoted);
            DeliveryHouse.await("quiet", () -> house.idle(SINGLE));
            Map<String, Future<JsonNode>> clients = new LinkedHashMap<>();
            clients.put("spring-vault", threads.submit(() -> spring(house)));
            clients.put(
                    "hvac",
                    threads.submit(() ->
                            program(house, "shop-worker", ".ci/clients/python/bin/python", ".ci/clients/read.py")));
            clients.put(
                    "node-vault", threads.submit(() -> program(house, "shop-report", "node", ".ci/clients/read.js")));
            rotate(house);
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (Map.Entry<String, Future<JsonNode>> client : clients.entrySet()) {
                JsonNode told = client.getValue().get();
                seen.put(client.getKey(), Seen.of(told));
                if (!client.getKey().equals("spring-vault")) {
                    speaksTheRest(house, told);
                }
            }
            report(seen);
            assertThat(seen).allSatisfy((client, what) -> {
                assertThat(what.versions()).isGreaterThanOrEqualTo(10);
                assertThat(what.logins()).isPositive();
                assertThat(what.failed()).isZero();
                assertThat(what.gaps()).isNotEmpty().allMatch(gap -> gap < LONGEST_GAP_SECONDS);
                assertThat(what.healed()).isTrue();
            });
        } finally {
            threads.shutdownNow();
        }
    }

    /** Rotates each as soon as it has rested a little; the pair can only go on when all three clients have moved. */
    private static void rotate(DeliveryHouse house) throws InterruptedException {
        Map<CredentialName, Long> rested = new LinkedHashMap<>();
        long end = System.nanoTime() + SECONDS_OF_ROTATIONS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            for (CredentialName credential : List.of(PAIR, SINGLE)) {
                if (!house.idle(credential)) {
                    rested.put(credential, System.nanoTime());
                } else if (System.nanoTime() - rested.getOrDefault(credential, 0L) > REST_NANOS) {
                    house.ask(credential);
                }
            }
            Thread.sleep(20);
        }
    }

    private static JsonNode spring(DeliveryHouse house) throws InterruptedException {
        Supplier<Map<String, Object>> pair = SpringVaultTest.reading(house, "shop-web", PAIR);
        Supplier<Map<String, Object>> single = SpringVaultTest.reading(house, "shop-web", SINGLE);
        Map<String, Object> told = new LinkedHashMap<>(Map.of("logins", 0, "failed", 0));
        List<Object> versions = new ArrayList<>();
        List<Object> gaps = new ArrayList<>();
        Map<String, Object> kept = single.get();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
            Map<String, Object> value = pair.get();
            told.merge("logins", 1, ClientsUnderRotationTest::sum);
            told.merge("failed", logsIn(house, value) ? 0 : 1, ClientsUnderRotationTest::sum);
            // Each version has a password of its own, and the list leaves this method as its length only.
            if (!versions.contains(value)) {
                versions.add(value);
            }
            if (!logsIn(house, kept)) {
                long since = System.nanoTime();
                Map<String, Object> next = single.get();
                while (next.equals(kept)) {
                    assertThat(System.nanoTime() - since).isLessThan(LONGEST_WAIT_NANOS);
                    Thread.sleep(20);
                    next = single.get();
                }
                gaps.add(Map.of("seconds", (System.nanoTime() - since) / 1e9, "healed", logsIn(house, next)));
                kept = next;
            }
            Thread.sleep(100);
        }
        told.put("versions", new int[versions.size()]);
        told.put("gaps", gaps);
        return JSON.valueToTree(told);
    }

    private static Object sum(Object a, Object b) {
        return (Integer) a + (Integer) b;
    }

    private static boolean logsIn(DeliveryHouse house, Map<String, Object> value) {
        return house.logsIn(String.valueOf(value.get("username")), String.valueOf(value.get("password")));
    }

    private static JsonNode program(DeliveryHouse house, String identity, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "VAULT_ADDR", "http://127.0.0.1:" + house.port(),
                        "ROLE_ID", identity,
                        "SECRET_ID", house.secretId(identity),
                        "ALTERNATING", PAIR.value(),
                        "IN_PLACE", SINGLE.value(),
                        "DATABASE", house.url().substring("jdbc:".length()),
                        "SECONDS", Integer.toString(SECONDS)));
        Process client = builder.start();
        String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(client.waitFor()).as(told).isZero();
        return JSON.readTree(told);
    }

    private static void speaksTheRest(DeliveryHouse house, JsonNode told) {
        assertThat(told.path("current").asInt()).isEqualTo(house.current(PAIR));
        assertThat(told.path("keys").toString()).contains("pair", "single");
        assertThat(told.path("ttl").asInt()).isPositive();
        assertThat(told.path("renewed").asInt()).isPositive();
        assertThat(told.path("writing").asText()).isEqualTo("405");
        assertThat(told.path("revoked").asBoolean()).isTrue();
    }

    private static void report(Map<String, Seen> seen) throws IOException {
        Path file = Path.of("target", "reports", "clients-under-rotation.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(seen));
        seen.forEach((client, what) -> log.info(
                "{}: {} versions and {} logins with two accounts, {} failed; in place {} logins failed, the longest gap {} s",
                client,
                what.versions(),
                what.logins(),
                what.failed(),
                what.gaps().size(),
                what.gaps().stream().mapToDouble(Double::doubleValue).max().orElse(0)));
    }
}
