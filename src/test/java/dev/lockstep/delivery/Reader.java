package dev.lockstep.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/** A program that reads secrets over plain HTTP. */
public final class Reader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> headers = new HashMap<>();

    private Reader(int port) {
        this.port = port;
    }

    /** One without a token. */
    public static Reader at(int port) {
        return new Reader(port);
    }

    /** An answer, read. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        /** The value in an answer of KV version 2. */
        public JsonNode value() {
            return body.at("/data/data");
        }

        public int version() {
            return body.at("/data/metadata/version").asInt();
        }
    }

    public Reader with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public Reader token(String token) {
        return with("X-Vault-Token", token);
    }

    /** The token that it holds. */
    public String token() {
        return headers.getOrDefault("X-Vault-Token", "");
    }

    /** By AppRole. */
    public Reader logIn(String role, String secretId) {
        Answer answer = send(
                "POST", "auth/approle/login", "{\"role_id\": \"" + role + "\", \"secret_id\": \"" + secretId + "\"}");
        if (answer.status() != 200) {
            throw new AssertionError("no login: " + answer.body());
        }
        return token(answer.body().at("/auth/client_token").asText());
    }

    /** The current version of a credential. */
    public Answer read(Object credential) {
        return get("secret/data/" + credential);
    }

    public Answer get(String path) {
        return send("GET", path, "");
    }

    public Answer send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            JsonNode json = answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
            return new Answer(answer.statusCode(), json, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
