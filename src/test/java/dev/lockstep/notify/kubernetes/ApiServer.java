package dev.lockstep.notify.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lockstep.testing.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Answers for one workload as the API of Kubernetes is documented to: a strategic merge patch adds annotations, each
 * change of the object gives it another resourceVersion, each change of its template another generation, which is what
 * replaces the pods, and a patch for another resourceVersion is a conflict.
 */
public final class ApiServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String path;
    private final ObjectNode workload = JSON.createObjectNode();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String token = "";
    private volatile int fault;
    private volatile boolean loseAnswer;
    private volatile Runnable beforePatch = () -> {};

    ApiServer(String path, @Nullable TestCertificate certificate) throws IOException {
        this.path = path;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (certificate == null) {
            server = HttpServer.create(address, 10);
        } else {
            HttpsServer secure = HttpsServer.create(address, 10);
            secure.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
            server = secure;
        }
        workload.putObject("metadata")
                .put("name", "web")
                .put("resourceVersion", "100")
                .put("generation", 1);
        workload.putObject("spec")
                .putObject("template")
                .putObject("metadata")
                .putObject("annotations")
                .put("kept", "yes");
        server.createContext("/", this::answer);
        server.start();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String verb = exchange.getRequestMethod();
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(verb + ' ' + exchange.getRequestURI());
        int status = status(exchange, verb, body);
        byte[] answer = workload.toString().getBytes(StandardCharsets.UTF_8);
        if (status == 200 && verb.equals("PATCH") && loseAnswer) {
            loseAnswer = false;
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private int status(HttpExchange exchange, String verb, byte[] body) throws IOException {
        if (fault != 0) {
            return fault;
        }
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return 401;
        }
        if (!exchange.getRequestURI().getPath().equals(path)) {
            return 404;
        }
        return switch (verb) {
            case "GET" -> 200;
            case "PATCH" ->
                "application/strategic-merge-patch+json"
                                .equals(exchange.getRequestHeaders().getFirst("Content-Type"))
                        ? patched(JSON.readTree(body))
                        : 415;
            default -> 405;
        };
    }

    private int patched(JsonNode patch) {
        beforePatch.run();
        ObjectNode metadata = (ObjectNode) workload.path("metadata");
        JsonNode wanted = patch.at("/metadata/resourceVersion");
        if (!wanted.isMissingNode() && !wanted.equals(metadata.path("resourceVersion"))) {
            return 409;
        }
        JsonNode before = annotations().deepCopy();
        annotations().setAll((ObjectNode) patch.at("/spec/template/metadata/annotations"));
        if (!before.equals(annotations())) {
            metadata.put("generation", generation() + 1);
            touch();
        }
        return 200;
    }

    /** Somebody else changes the object. */
    void touch() {
        ObjectNode metadata = (ObjectNode) workload.path("metadata");
        metadata.put(
                "resourceVersion",
                Integer.toString(metadata.path("resourceVersion").asInt() + 1));
    }

    public ObjectNode annotations() {
        return (ObjectNode) workload.at("/spec/template/metadata/annotations");
    }

    /** Grows by one whenever the pods are replaced. */
    public int generation() {
        return workload.at("/metadata/generation").asInt();
    }

    public void accept(String other) {
        token = other;
    }

    /** Answers with that status from now on; 0 for as it should. */
    void fail(int status) {
        fault = status;
    }

    /** Does what the next patch says, and closes the connection instead of answering. */
    void loseTheNextAnswer() {
        loseAnswer = true;
    }

    void beforePatch(Runnable work) {
        beforePatch = work;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    public String url() {
        return (server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:")
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    public static ApiServer of(String path) {
        try {
            return new ApiServer(path, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
