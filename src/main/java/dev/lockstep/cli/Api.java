package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Talks to one server; each refusal of it becomes one sentence and an exit code. */
final class Api {

    private static final String ROOT = "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JSON = "application/json";

    private final URI server;
    private final HttpClient http;
    private final Supplier<String> authorization;

    /** @param authorization gives the value of the header, anew for each request */
    Api(URI server, HttpClient http, Supplier<String> authorization) {
        this.server = server;
        this.http = http;
        this.authorization = authorization;
    }

    JsonNode get(String path) {
        return send(path, "GET", null);
    }

    JsonNode post(String path, JsonNode body) {
        return send(path, "POST", body);
    }

    JsonNode post(String path) {
        return send(path, "POST", null);
    }

    JsonNode put(String path, JsonNode body) {
        return send(path, "PUT", body);
    }

    JsonNode patch(String path, JsonNode body) {
        return send(path, "PATCH", body);
    }

    void delete(String path) {
        send(path, "DELETE", null);
    }

    /** Uploads a form to a path that is not below the API's root. */
    JsonNode upload(String path, Multipart form) {
        return exchange(request(path)
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(form.bytes())));
    }

    JsonNode uploadToApi(String path, Multipart form) {
        return upload(ROOT + path, form);
    }

    private JsonNode send(String path, String method, @Nullable JsonNode body) {
        HttpRequest.Builder request = request(ROOT + path);
        BodyPublisher content = BodyPublishers.noBody();
        if (body != null) {
            request.header("Content-Type", JSON);
            content = BodyPublishers.ofString(Json.compact(body));
        }
        return exchange(request.method(method, content));
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", JSON)
                .header("User-Agent", Version.USER_AGENT)
                .header("Authorization", authorization.get());
    }

    private JsonNode exchange(HttpRequest.Builder request) {
        try {
            return answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw Unreachable.of(server, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILED, "Interrupted.");
        }
    }

    private JsonNode answer(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw Problem.of(server, answer);
        }
        if (answer.body().isEmpty()) {
            return Json.object();
        }
        try {
            return Json.read(answer.body());
        } catch (JsonProcessingException other) {
            throw new CliException(
                    ExitCode.BROKEN, "What answers at " + server + " is not Lockstep; check the server's address.");
        }
    }
}
