package dev.lockstep.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server that answers as the documents of another product say that it does, and keeps what it was asked. */
final class StandIn implements AutoCloseable {

    /** What was asked. */
    record Asked(
            String method,
            String path,
            String body,
            @Nullable String token,
            @Nullable String authorization) {}

    /** What is answered. */
    record Answer(int status, String body) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private StandIn(HttpServer server, Function<Asked, Answer> answers) {
        this.server = server;
        server.createContext("/", exchange -> {
            Asked question = asked(exchange);
            asked.add(question);
            Answer answer = answers.apply(question);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    static StandIn of(Function<Asked, Answer> answers) throws IOException {
        return new StandIn(HttpServer.create(anyPort(), 0), answers);
    }

    static StandIn https(SSLContext context, Function<Asked, Answer> answers) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new StandIn(server, answers);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static Asked asked(HttpExchange exchange) throws IOException {
        return new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("X-Vault-Token"),
                exchange.getRequestHeaders().getFirst("Authorization"));
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:" + port();
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
