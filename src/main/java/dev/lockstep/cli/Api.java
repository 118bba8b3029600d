package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    /** @param authorization gives the value of the header, anew for each request; empty for none */
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

    /** Sends a file as it is. */
    JsonNode postFile(String path, String contentType, byte[] file) {
        return exchange(
                request(ROOT + path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(file)));
    }

    /** An answer that is no JSON, or need not be. */
    String text(String path) {
        HttpResponse<String> answer = sent(request(ROOT + path).setHeader("Accept", "*/*"));
        if (answer.statusCode() / 100 != 2) {
            throw Problem.of(server, answer);
        }
        return answer.body();
    }

    /** Sends a file as it is, without holding it in memory. */
    JsonNode upload(String path, Path file) {
        try {
            return exchange(request(ROOT + path)
                    .timeout(PATIENCE.multipliedBy(5))
                    .header("Content-Type", "application/octet-stream")
                    .POST(BodyPublishers.ofFile(file)));
        } catch (FileNotFoundException gone) {
            throw CliException.usage("There is no readable file " + file + ".");
        }
    }

    /** Writes what is answered into a file that there is not yet; a refusal or half an answer leaves none. */
    void download(String path, Path file) {
        HttpRequest request = request(ROOT + path)
                .setHeader("Accept", "application/x-ndjson, text/html, " + JSON)
                .build();
        HttpResponse<InputStream> answer = Exchange.of(http, server, request, BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            if (answer.statusCode() / 100 != 2) {
                throw Problem.of(server, answer, new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
            try (OutputStream out = fresh(file)) {
                body.transferTo(out);
            } catch (IOException broken) {
                Files.deleteIfExists(file);
                throw broken;
            }
        } catch (IOException failure) {
            throw Unreachable.of(server, failure);
        }
    }

    private static OutputStream fresh(Path file) {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw CliException.usage("There is a file " + file + " already; take another name.");
        } catch (IOException unwritable) {
            throw CliException.usage("The file " + file + " cannot be written; check its path and permissions.");
        }
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Accept", JSON)
                .header("User-Agent", Version.USER_AGENT);
        String login = authorization.get();
        return login.isEmpty() ? request : request.header("Authorization", login);
    }

    private JsonNode exchange(HttpRequest.Builder request) {
        return answer(sent(request));
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) {
        return Exchange.of(http, server, request.build(), BodyHandlers.ofString());
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
