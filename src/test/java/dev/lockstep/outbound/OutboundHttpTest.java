package dev.lockstep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.testing.Loopback;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboundHttpTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final AtomicInteger asked = new AtomicInteger();
    private final OutboundHttp http = new OutboundHttp(Loopback.ALLOWED);
    private HttpServer server;
    private volatile HttpHandler answer = exchange -> exchange.sendResponseHeaders(204, -1);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            answer.handle(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        http.close();
    }

    private URI at(String host, String path) {
        return URI.create("http://" + host + ":" + server.getAddress().getPort() + path);
    }

    @Test
    void an_allowed_address_is_asked() throws IOException {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
        };

        OutboundHttp.Answer got = http.get(at("127.0.0.1", "/x"), LONG, 100);

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.body()).isEqualTo("hello");
    }

    @Test
    void without_leave_the_same_address_is_not_connected_to() throws IOException {
        try (OutboundHttp strict = new OutboundHttp(OutboundRules.STANDARD)) {
            for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
                assertThatThrownBy(() -> strict.get(at(host, "/"), LONG, 1))
                        .as(host)
                        .isInstanceOf(OutboundRefused.class)
                        .hasMessageContaining("lockstep.outbound.allow");
                assertThatThrownBy(() -> strict.post(at(host, "/"), Map.of(), new byte[1], LONG, 1))
                        .as(host)
                        .isInstanceOf(OutboundRefused.class);
            }
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void a_name_that_leads_elsewhere_at_the_second_look_up_is_refused_then() throws IOException {
        AtomicInteger lookUps = new AtomicInteger();
        try (OutboundHttp strict =
                new OutboundHttp(new OutboundHttp.CheckedNames(OutboundRules.STANDARD, host -> new InetAddress[] {
                    InetAddress.getByName(lookUps.incrementAndGet() == 1 ? "203.0.113.5" : "127.0.0.1")
                }))) {
            assertThat(OutboundRules.STANDARD.objectionToHost("rebinding.example"))
                    .isEmpty();
            assertThatThrownBy(() -> strict.get(at("rebinding.example", "/"), Duration.ofMillis(300), 1))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(OutboundRefused.class);

            assertThatThrownBy(() -> strict.get(at("rebinding.example", "/"), LONG, 1))
                    .isInstanceOf(OutboundRefused.class)
                    .hasMessageContaining("127.0.0.1 of rebinding.example is a loop-back address");
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void one_refused_address_among_many_refuses_the_name() throws IOException {
        try (OutboundHttp strict = new OutboundHttp(new OutboundHttp.CheckedNames(OutboundRules.STANDARD, host ->
                new InetAddress[] {InetAddress.getByName("203.0.113.5"), InetAddress.getByName("169.254.169.254")}))) {
            assertThatThrownBy(() -> strict.get(at("two.example", "/"), LONG, 1))
                    .isInstanceOf(OutboundRefused.class);
        }
    }

    @Test
    void a_redirect_is_an_answer_and_is_not_followed() throws IOException {
        answer = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://169.254.169.254/latest/meta-data/");
            exchange.sendResponseHeaders(302, -1);
        };

        assertThat(http.get(at("127.0.0.1", "/"), LONG, 1).status()).isEqualTo(302);
        assertThat(asked).hasValue(1);
    }

    @Test
    void an_endless_body_is_read_as_far_as_it_was_asked_for() throws IOException {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 100_000; i++) {
                    body.write(new byte[1024]);
                }
            }
        };

        assertThat(http.get(at("127.0.0.1", "/"), LONG, 4096).body()).hasSize(4096);
    }

    @Test
    void an_answer_that_trickles_ends_in_time() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 600; i++) {
                    body.write('x');
                    body.flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        long begun = System.nanoTime();

        assertThatThrownBy(() -> http.get(at("127.0.0.1", "/"), Duration.ofMillis(500), 4096))
                .isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONG);
    }

    @Test
    void a_socket_looks_at_the_address_it_connects_to() throws IOException {
        InetSocketAddress here = server.getAddress();
        try (Socket socket = new GuardedSockets(OutboundRules.STANDARD).createSocket()) {
            assertThatThrownBy(() -> socket.connect(here)).isInstanceOf(OutboundRefused.class);
        }
        try (Socket socket = new GuardedSockets(Loopback.ALLOWED.text()).createSocket()) {
            socket.connect(here, 1000);
            assertThat(socket.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> new GuardedSockets(OutboundRules.STANDARD).createSocket("localhost", here.getPort()))
                .isInstanceOf(OutboundRefused.class);
    }
}
