package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Talks to an OpenID provider: discovery, and forms that are answered with JSON. */
final class OidcClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final HttpClient http;

    OidcClient(HttpClient http) {
        this.http = http;
    }

    /** An answer, whatever its status. */
    record Answer(URI from, int status, JsonNode body) {

        /** The error code of RFC 6749; empty when there is none. */
        String error() {
            return body.path("error").asText("");
        }
    }

    /** The provider's description of itself; refused when it speaks of another issuer. */
    JsonNode discover(String issuer) {
        URI uri = safe("issuer", issuer);
        Answer answer = send(HttpRequest.newBuilder(URI.create(trimmed(uri.toString()) + DISCOVERY))
                .GET());
        expect(answer);
        if (!trimmed(answer.body().path("issuer").asText("")).equals(trimmed(issuer))) {
            throw new CliException(
                    ExitCode.BROKEN, "What answers at " + answer.from() + " is not the issuer " + issuer + ".");
        }
        return answer.body();
    }

    Answer post(String endpoint, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> Addresses.encoded(field.getKey()) + "=" + Addresses.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(safe("endpoint of the issuer", endpoint))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Refuses an answer that is none. */
    void expect(Answer answer) {
        if (answer.status() / 100 != 2) {
            String why = Json.field(answer.body(), "error_description")
                    .or(() -> Json.field(answer.body(), "error"))
                    .map(text -> ": " + Text.printable(text))
                    .orElse(", with status " + answer.status());
            throw new CliException(
                    answer.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED,
                    "The issuer refuses at " + answer.from() + why + ".");
        }
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("User-Agent", Version.USER_AGENT)
                .build();
        HttpResponse<String> answer = Exchange.of(http, request.uri(), request, BodyHandlers.ofString());
        return new Answer(request.uri(), answer.statusCode(), json(answer.body()));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode read = Json.read(text);
            return read == null || !read.isObject() ? Json.object() : read;
        } catch (JsonProcessingException other) {
            return Json.object();
        }
    }

    private static URI safe(String field, String text) {
        URI uri = Addresses.parse(field, text);
        if (Addresses.readableOnTheWay(uri)) {
            throw CliException.usage("The " + field + " is not https: tokens could be read on the way.");
        }
        return uri;
    }

    private static String trimmed(String text) {
        return text.replaceFirst("/+$", "");
    }
}
