package dev.lockstep.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.Channel;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

    /** Secret, id, time and body with the signature that the specification's reference library makes of them. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final Notice NOTICE =
            new Notice("task.open", "high", "operators", "Somebody is asked", "What to do.", "https://lockstep/x");

    private final List<Received> received = new ArrayList<>();
    private HttpServer server;
    private volatile HttpHandler answer = exchange -> exchange.sendResponseHeaders(204, -1);

    private record Received(Headers headers, String body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestHeaders(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        answer.handle(exchange);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void the_signature_is_the_one_of_the_specification() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        try (SecretValue secret = SecretValue.of(SECRET)) {
            assertThat(Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, secret))
                    .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        }
    }

    @Test
    void a_receiver_can_check_who_sent_what_and_when() throws IOException {
        channel("/hook", SECRET).send("msg_1", NOTICE, NOW.minusSeconds(9));

        Received request = received.get(0);
        String timestamp = request.headers().getFirst("webhook-timestamp");
        try (SecretValue secret = SecretValue.of(SECRET)) {
            assertThat(request.headers().get("webhook-signature"))
                    .containsExactly(Signature.of(
                            "msg_1",
                            Long.parseLong(timestamp),
                            request.body().getBytes(StandardCharsets.UTF_8),
                            secret));
        }
        assertThat(timestamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(request.headers().get("webhook-id")).containsExactly("msg_1");
        JsonNode body = new ObjectMapper().readTree(request.body());
        assertThat(body.path("type").asText()).isEqualTo("task.open");
        assertThat(body.path("timestamp").asText()).isEqualTo("2026-05-04T11:59:51Z");
        assertThat(body.at("/data/severity").asText()).isEqualTo("high");
        assertThat(body.at("/data/group").asText()).isEqualTo("operators");
        assertThat(body.at("/data/subject").asText()).isEqualTo("Somebody is asked");
        assertThat(body.at("/data/link").asText()).isEqualTo("https://lockstep/x");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 400, 401, 410, 429, 500, 503})
    void only_a_success_counts_and_no_redirect_is_followed(int status) {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        };

        assertThatThrownBy(() -> channel("/hook", SECRET).send("msg_1", NOTICE, NOW))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("answered " + status);
        assertThat(received).hasSize(1);
    }

    @Test
    @Timeout(8)
    void an_answer_without_end_is_not_read() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[8192];
            try {
                for (int i = 0; i < 1_000_000; i++) {
                    exchange.getResponseBody().write(much);
                }
            } catch (IOException closed) {
                received.clear();
            }
        };

        channel("/hook", SECRET).send("msg_1", NOTICE, NOW);
    }

    @Test
    void nobody_listening_is_tried_again() {
        int port = server.getAddress().getPort();
        server.stop(0);

        assertThatThrownBy(() -> channel("http://127.0.0.1:" + port, SECRET, "").send("msg_1", NOTICE, NOW))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("did not answer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-prefix", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%"})
    void a_secret_of_another_form_is_refused_without_repeating_it(String secret) {
        assertThatThrownBy(() -> channel("/hook", secret).send("msg_1", NOTICE, NOW))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("whsec_ followed by")
                .message()
                .doesNotContain("no-prefix");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.org/x",
                "file:///etc/passwd",
                "https://user:pw@hooks.example.org",
                "https:///nowhere",
                "ftp://hooks.example.org",
                "not an address"
            })
    void an_address_that_is_not_safe_is_refused_at_start(String url) {
        assertThatThrownBy(() -> channel(url, SECRET, ""))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("url"));
    }

    @Test
    void a_metadata_service_is_never_called() {
        assertThatThrownBy(() -> channel("https://169.254.169.254/latest", SECRET, ""))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("link-local");

        Endpoint endpoint = new Endpoint("hook", "webhook", Map.of("url", "${env:HOOK}", "secret", "${env:KEY}"));
        Channel channel = new WebhookChannelAdapter(
                        reference -> SecretValue.of(
                                reference.equals("${env:HOOK}") ? "https://169.254.169.254/latest" : SECRET),
                        TestClock.frozenAt(NOW),
                        Loopback.ALLOWED,
                        new OutboundHttp(Loopback.ALLOWED))
                .open(endpoint);
        assertThatThrownBy(() -> channel.send("msg_1", NOTICE, NOW))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("link-local");
    }

    @Test
    void an_address_that_is_a_secret_itself_is_a_reference() {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/with-a-token";
        Endpoint endpoint = new Endpoint("hook", "webhook", Map.of("url", "${env:HOOK}", "secret", "${env:KEY}"));
        Channel channel = new WebhookChannelAdapter(
                        reference -> SecretValue.of(reference.equals("${env:HOOK}") ? url : SECRET),
                        TestClock.frozenAt(NOW),
                        Loopback.ALLOWED,
                        new OutboundHttp(Loopback.ALLOWED))
                .open(endpoint);

        channel.send("msg_1", NOTICE, NOW);

        assertThat(received).hasSize(1);
    }

    private Channel channel(String path, String secret) {
        return channel("http://127.0.0.1:" + server.getAddress().getPort(), secret, path);
    }

    private static Channel channel(String url, String secret, String path) {
        Endpoint endpoint = new Endpoint("hook", "webhook", Map.of("url", url + path, "secret", secret));
        return new WebhookChannelAdapter(
                        SecretValue::of, TestClock.frozenAt(NOW), Loopback.ALLOWED, new OutboundHttp(Loopback.ALLOWED))
                .open(endpoint);
    }
}
