package dev.lockstep.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A consumer that is told: checks signatures by the words of the specification, and by nothing of Lockstep. */
final class ReceivedHooks implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final byte[] key;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    /** @param genuine whether the signature is that of the id, the time and the body */
    record Call(String id, String body, boolean genuine, int answered) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The type, the name and the number. */
        String told() {
            return json().path("type").asText()
                    + ' '
                    + json().at("/data/credential").asText()
                    + ' '
                    + json().at("/data/version").asInt();
        }
    }

    private ReceivedHooks(HttpServer server, byte[] key) {
        this.server = server;
        this.key = key;
    }

    /** @param secret {@code whsec_} and a key in base64 */
    static ReceivedHooks listening(String secret) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            ReceivedHooks hooks =
                    new ReceivedHooks(server, Base64.getDecoder().decode(secret.substring("whsec_".length())));
            server.createContext("/", hooks::take);
            server.start();
            return hooks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        int answer = status;
        calls.add(new Call(
                id,
                new String(body, StandardCharsets.UTF_8),
                signature(id, time, body).equals(exchange.getRequestHeaders().getFirst("webhook-signature"))
                        && Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(time)) < 300,
                answer));
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private String signature(String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers with it from now on. */
    void answer(int other) {
        status = other;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rotated";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** What it has taken, in the order in which it came. */
    List<String> taken() {
        return calls.stream()
                .filter(call -> call.answered() < 300)
                .map(Call::told)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
