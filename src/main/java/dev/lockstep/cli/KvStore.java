package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values from a server that has the KV version 2 routes of Vault; each credential once, in one version. */
final class KvStore {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI address;
    private final String mount;
    private final @Nullable String namespace;
    private final HttpClient http;
    private final Secret token;
    private final Map<String, JsonNode> read = new HashMap<>();

    KvStore(URI address, String mount, @Nullable String namespace, HttpClient http, Secret token) {
        this.address = address;
        this.mount = mount;
        this.namespace = namespace;
        this.http = http;
        this.token = token;
    }

    /** The text of one field of a credential. */
    String value(SecretField wanted) {
        JsonNode fields = read.computeIfAbsent(wanted.credential(), this::fetch);
        JsonNode value = fields.path(wanted.field());
        if (!value.isValueNode() || value.isNull()) {
            throw new CliException(
                    ExitCode.NOT_FOUND,
                    "There is no field " + wanted.field() + " in " + wanted.credential() + "; there are "
                            + String.join(", ", Json.fieldNames(fields)) + ".");
        }
        return value.asText();
    }

    private JsonNode fetch(String path) {
        String base = address.toString().replaceFirst("/+$", "");
        String encoded = Stream.of(path.split("/")).map(Addresses::segment).collect(Collectors.joining("/"));
        HttpRequest.Builder request =
                token.expose(text -> HttpRequest.newBuilder(URI.create(base + "/v1/" + mount + "/data/" + encoded))
                        .timeout(PATIENCE)
                        .header("Accept", "application/json")
                        .header("User-Agent", Version.USER_AGENT)
                        .header("X-Vault-Request", "true")
                        .header("X-Vault-Token", text.strip()));
        if (namespace != null) {
            request.header("X-Vault-Namespace", namespace);
        }
        return fields(path, Exchange.of(http, address, request.GET().build(), BodyHandlers.ofString()));
    }

    private JsonNode fields(String path, HttpResponse<String> answer) {
        switch (answer.statusCode()) {
            case 200 -> {
                JsonNode fields = parsed(answer.body()).at("/data/data");
                if (fields.isObject()) {
                    return fields;
                }
                throw new CliException(
                        ExitCode.BROKEN, "What answers at " + address + " has no KV version 2 at " + mount + ".");
            }
            case 403 ->
                throw new CliException(ExitCode.REFUSED, "The token may not read " + path + ", or is not valid.");
            case 404 ->
                throw new CliException(ExitCode.NOT_FOUND, "There is no value of " + path + " at " + address + ".");
            case 429, 502, 503, 504 ->
                throw new CliException(
                        ExitCode.UNREACHABLE,
                        address + " does not serve now (status " + answer.statusCode() + "); try again later.");
            default ->
                throw new CliException(
                        ExitCode.BROKEN,
                        address + " answers with status " + answer.statusCode() + " for " + path + ".");
        }
    }

    private JsonNode parsed(String body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException other) {
            // Not kept as the cause: its text may repeat a part of the value.
            throw new CliException(ExitCode.BROKEN, "What answers at " + address + " is no JSON.");
        }
    }
}
