package dev.lockstep.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Logs a program in where values are read, with role_id and secret_id, and out again. */
final class AppRole {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI address;
    private final @Nullable String namespace;
    private final HttpClient http;

    AppRole(URI address, @Nullable String namespace, HttpClient http) {
        this.address = address;
        this.namespace = namespace;
        this.http = http;
    }

    /** A token, which whoever asked closes and logs out. */
    Secret logIn(String role, Secret secretId) {
        ObjectNode login = Json.object().put("role_id", role);
        String body = secretId.expose(text -> Json.compact(login.put("secret_id", text.strip())));
        HttpResponse<String> answer = send(request("approle/login").POST(BodyPublishers.ofString(body)));
        switch (answer.statusCode()) {
            case 200 -> {
                return token(answer.body());
            }
            case 400, 401, 403 ->
                throw new CliException(
                        ExitCode.REFUSED,
                        "The role " + role + " does not log in with this secret_id at " + address + ".");
            case 429, 502, 503, 504 ->
                throw new CliException(
                        ExitCode.UNREACHABLE,
                        address + " takes no logins now (status " + answer.statusCode() + "); try again later.");
            default ->
                throw new CliException(
                        ExitCode.BROKEN, address + " answers with status " + answer.statusCode() + " to the login.");
        }
    }

    /** A token that cannot be revoked now ends by itself. */
    void logOut(Secret token) {
        try {
            send(token.expose(text -> request("token/revoke-self").header("X-Vault-Token", text))
                    .POST(BodyPublishers.noBody()));
        } catch (CliException unreachable) {
            // What was read is good all the same.
        }
    }

    private HttpRequest.Builder request(String route) {
        String base = address.toString().replaceFirst("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + "/v1/auth/" + route))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", Version.USER_AGENT)
                .header("X-Vault-Request", "true");
        return namespace == null ? request : request.header("X-Vault-Namespace", namespace);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return Exchange.of(http, address, request.build(), BodyHandlers.ofString());
    }

    private Secret token(String body) {
        try {
            String token = Json.read(body).at("/auth/client_token").asText("");
            if (!token.isEmpty()) {
                return Secret.of(token);
            }
        } catch (JsonProcessingException other) {
            // Not kept as the cause: its text may repeat a part of the token.
        }
        throw new CliException(ExitCode.BROKEN, "What answers at " + address + " gives no token.");
    }
}
