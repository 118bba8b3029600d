package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logs in at an OpenID provider with a browser on any other device: RFC 8628. */
final class DeviceLogin {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    private static final int USUAL_INTERVAL = 5;
    private static final int SLOWER = 5;

    private final OidcClient client;
    private final Terminal terminal;
    private final Pause pause;

    /** Waits. */
    interface Pause {
        void sleep(Duration length);
    }

    DeviceLogin(OidcClient client, Terminal terminal, Pause pause) {
        this.client = client;
        this.terminal = terminal;
        this.pause = pause;
    }

    /** Asks the person to confirm the login elsewhere, and gives what is to be kept of it. */
    ObjectNode run(String issuer, String clientId, String scope) {
        JsonNode provider = client.discover(issuer);
        String device = needed(provider, "device_authorization_endpoint", issuer);
        String tokens = needed(provider, "token_endpoint", issuer);
        OidcClient.Answer begun = client.post(device, Map.of("client_id", clientId, "scope", scope));
        client.expect(begun);
        JsonNode code = begun.body();
        tell(code);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", GRANT);
        form.put("device_code", needed(code, "device_code", issuer));
        form.put("client_id", clientId);
        return OidcTokens.kept(
                tokens, clientId, poll(tokens, form, code), terminal.clock().instant());
    }

    private void tell(JsonNode code) {
        String complete = code.path("verification_uri_complete").asText("");
        terminal.note(
                "Open " + Text.printable(code.path("verification_uri").asText("")) + " in a browser and enter the code "
                        + Text.printable(code.path("user_code").asText("")));
        if (!complete.isEmpty()) {
            terminal.note("or open " + Text.printable(complete));
        }
    }

    private JsonNode poll(String tokens, Map<String, String> form, JsonNode code) {
        int interval = Math.max(1, code.path("interval").asInt(USUAL_INTERVAL));
        long left = Math.max(1, code.path("expires_in").asLong(600));
        while (left > 0) {
            pause.sleep(Duration.ofSeconds(interval));
            left -= interval;
            OidcClient.Answer answer = client.post(tokens, form);
            if (answer.status() / 100 == 2) {
                needed(answer.body(), "access_token", tokens);
                return answer.body();
            }
            switch (answer.error()) {
                case "authorization_pending" -> {}
                case "slow_down" -> interval += SLOWER;
                case "access_denied" -> throw new CliException(ExitCode.REFUSED, "The login was declined.");
                case "expired_token" -> throw tooLate();
                default -> client.expect(answer);
            }
        }
        throw tooLate();
    }

    private static CliException tooLate() {
        return new CliException(ExitCode.TIMED_OUT, "The code has expired; log in again and be quicker.");
    }

    private static String needed(JsonNode node, String field, String from) {
        String text = Json.text(node, field);
        if (text == null) {
            throw new CliException(
                    ExitCode.BROKEN, "The issuer at " + from + " tells no " + field + "; device logins may be off.");
        }
        return text;
    }
}
