package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The file in which a device login keeps its tokens, and their renewal. */
final class OidcTokens {

    private static final Duration LEFT = Duration.ofSeconds(30);

    private final OidcClient client;
    private final Clock clock;

    OidcTokens(OidcClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Whether the text of a token file is what a device login keeps, and not a bare token. */
    static boolean isOne(String text) {
        return text.stripLeading().startsWith("{");
    }

    /** What is kept of the answer of a token endpoint. */
    static ObjectNode kept(String tokenEndpoint, String clientId, JsonNode answer, Instant now) {
        ObjectNode kept = Json.object();
        kept.put("token_endpoint", tokenEndpoint);
        kept.put("client_id", clientId);
        kept.put("access_token", answer.path("access_token").asText());
        Json.put(kept, "refresh_token", Json.text(answer, "refresh_token"));
        long seconds = answer.path("expires_in").asLong(0);
        if (seconds > 0) {
            kept.put("expires_at", now.plusSeconds(seconds).toString());
        }
        return kept;
    }

    static void save(Path file, JsonNode kept) {
        try {
            PrivateFiles.replace(file, Json.pretty(kept).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw CliException.usage("The file " + file + " cannot be written; check its permissions.");
        }
    }

    /** A token that is valid for a while; renewed, and written back, when the one in the file is not. */
    String fresh(String file, String text) {
        JsonNode kept = parsed(file, text);
        String token = Json.text(kept, "access_token");
        if (token != null && !ends(kept)) {
            return token;
        }
        String refresh = Json.text(kept, "refresh_token");
        String endpoint = Json.text(kept, "token_endpoint");
        String clientId = Json.text(kept, "client_id");
        if (refresh == null || endpoint == null || clientId == null) {
            throw expired();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh);
        form.put("client_id", clientId);
        OidcClient.Answer answer = client.post(endpoint, form);
        if (answer.status() / 100 == 4) {
            throw expired();
        }
        client.expect(answer);
        ObjectNode renewed = kept(endpoint, clientId, answer.body(), clock.instant());
        if (Json.text(renewed, "refresh_token") == null) {
            renewed.put("refresh_token", refresh);
        }
        if (!file.equals(Secret.STANDARD_INPUT)) {
            save(Path.of(file), renewed);
        }
        return renewed.path("access_token").asText();
    }

    private boolean ends(JsonNode kept) {
        String end = Json.text(kept, "expires_at");
        try {
            return end != null && Instant.parse(end).isBefore(clock.instant().plus(LEFT));
        } catch (DateTimeParseException malformed) {
            return true;
        }
    }

    private static JsonNode parsed(String file, String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException malformed) {
            throw CliException.usage("The file " + file + " does not hold what a login keeps; log in anew.");
        }
    }

    private static CliException expired() {
        return new CliException(ExitCode.REFUSED, "The login has expired. Use: lockstep login");
    }
}
