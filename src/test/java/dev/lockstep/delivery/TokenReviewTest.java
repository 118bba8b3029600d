package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Pods log in, and the API server of their cluster is asked; it answers as it is documented to. */
@ExtendWith(OutputCaptureExtension.class)
class TokenReviewTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REVIEWER = "canary-token-of-the-reviewer";
    private static final String PROOF = "canary-token-of-the-pod";

    /** The users that the API server knows, by their tokens. */
    private static final Map<String, JsonNode> USERS = new ConcurrentHashMap<>();

    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();

    private static HttpServer server;
    private static DeliveryHouse house;
    private static volatile int fault;
    private static volatile String answer = "";
    private static volatile CountDownLatch hold = new CountDownLatch(0);

    @BeforeAll
    static void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", TokenReviewTest::review);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        Path token = Files.writeString(Files.createTempFile("lockstep-reviewer", ".token"), REVIEWER + "\n");
        token.toFile().deleteOnExit();
        house = DeliveryHouse.open(Map.of(), """
                ---
                kind: Identity
                name: jobs
                consumer: web
                kubernetes:
                  review: {api: "http://127.0.0.1:%d/", token: "${file:%s}"}
                  audience: lockstep
                  service-account: shop/jobs
                reads: {labels: {service: shop}}
                """.formatted(server.getAddress().getPort(), token));
        house.rotate(SINGLE);
    }

    @AfterAll
    static void close() {
        house.close();
        server.stop(0);
    }

    @AfterEach
    void asBefore() {
        fault = 0;
        answer = "";
        hold.countDown();
        USERS.clear();
        REQUESTS.clear();
    }

    private static void review(HttpExchange exchange) throws IOException {
        REQUESTS.add(exchange.getRequestMethod() + ' ' + exchange.getRequestURI());
        JsonNode asked = JSON.readTree(exchange.getRequestBody());
        try {
            hold.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ObjectNode review = asked.deepCopy();
        JsonNode user = USERS.get(asked.at("/spec/token").asText());
        boolean meant = asked.at("/spec/audiences/0").asText().equals("lockstep");
        ObjectNode status = review.putObject("status");
        if (user == null || !meant) {
            status.put("authenticated", false).put("error", "[invalid bearer token]");
        } else {
            status.put("authenticated", true).set("user", user);
            status.putArray("audiences").add("lockstep");
        }
        boolean known =
                ("Bearer " + REVIEWER).equals(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] body = (answer.isEmpty() ? review.toString() : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(fault != 0 ? fault : known ? 201 : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void knows(String token, String account, String pod) {
        ObjectNode user = JSON.createObjectNode().put("username", account).put("uid", "1");
        user.putObject("extra").putArray("authentication.kubernetes.io/pod-uid").add(pod);
        USERS.put(token, user);
    }

    private static Reader.Answer logIn(String token) {
        return Reader.at(house.port())
                .send("POST", "auth/kubernetes/login", "{\"role\": \"jobs\", \"jwt\": \"" + token + "\"}");
    }

    @Test
    void aPodLogsInWithTheTokenOfItsAccountAndIsTheInstance(CapturedOutput log) {
        knows(PROOF, "system:serviceaccount:shop:jobs", "u-7");

        Reader.Answer login = logIn(PROOF);

        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body().at("/auth/metadata/instance").asText()).isEqualTo("u-7");
        assertThat(Reader.at(house.port())
                        .token(login.body().at("/auth/client_token").asText())
                        .read(SINGLE)
                        .status())
                .isEqualTo(200);
        assertThat(REQUESTS).containsExactly("POST /apis/authentication.k8s.io/v1/tokenreviews");
        assertThat(log.getAll()).doesNotContain(PROOF).doesNotContain(REVIEWER);
    }

    @Test
    void whoIsUnknownOrAnotherAccountIsRefused() {
        knows(PROOF, "system:serviceaccount:shop:other", "u-8");

        assertThat(logIn(PROOF).status()).isEqualTo(403);
        assertThat(logIn("never-seen").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\": {\"authenticated\": false}}",
                "{\"status\": {\"authenticated\": true}}",
                "{\"status\": {\"authenticated\": true, \"user\": {\"username\": \"system:serviceaccount:shop:jobs\"}}}",
                "{\"status\": {\"authenticated\": true, \"audiences\": [\"other\"],"
                        + " \"user\": {\"username\": \"system:serviceaccount:shop:jobs\"}}}",
                "{\"status\": {\"authenticated\": false, \"audiences\": [\"lockstep\"],"
                        + " \"user\": {\"username\": \"system:serviceaccount:shop:jobs\"}}}",
                "[]"
            })
    void anAnswerThatSaysLessLetsNobodyIn(String other) {
        answer = other;

        assertThat(logIn("any").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 403, 500})
    void anApiServerThatCannotBeAskedIsNoRefusal(int status) {
        knows(PROOF, "system:serviceaccount:shop:jobs", "u-9");
        fault = status;

        Reader.Answer login = logIn(PROOF);

        assertThat(login.status()).isEqualTo(503);
        assertThat(login.body().at("/errors/0").asText())
                .contains("The API server at http://127.0.0.1")
                .doesNotContain(REVIEWER)
                .doesNotContain(PROOF);
        assertThat(REQUESTS).hasSize(1);
    }

    @Test
    void whatIsNoReviewIsNoRefusal() {
        answer = "<html>";

        assertThat(logIn(PROOF).status()).isEqualTo(503);
    }

    @Test
    void anApiServerThatHangsHoldsUpItsLoginsForSomeSecondsAndNobodyElse() {
        knows(PROOF, "system:serviceaccount:shop:jobs", "u-10");
        Reader before = Reader.at(house.port())
                .token(logIn(PROOF).body().at("/auth/client_token").asText());
        hold = new CountDownLatch(1);
        long start = System.nanoTime();

        assertThat(logIn(PROOF).status()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
        assertThat(before.read(SINGLE).status()).isEqualTo(200);
        assertThat(house.reader("shop-web").read(SINGLE).status()).isEqualTo(200);
    }
}
