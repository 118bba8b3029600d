package dev.lockstep.notify.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretReferences;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Sends notices to one address, signed. Follows no redirect and reads no answer beyond its status. */
final class WebhookChannel implements Channel {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String url;
    private final String secret;
    private final SecretReferences references;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param url and {@code secret} may be references, looked up for each request */
    WebhookChannel(String name, String url, String secret, SecretReferences references, Clock clock) {
        this.name = name;
        this.url = url;
        this.secret = secret;
        this.references = references;
        this.clock = clock;
    }

    @Override
    public void send(String id, Notice notice, Instant toldAt) {
        byte[] body = body(notice, toldAt);
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .timeout(CALL)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        try (SecretValue key = references.resolve(secret)) {
            request.header("webhook-signature", Signature.of(id, timestamp, body, key));
        }
        exchange(request);
    }

    private void exchange(HttpRequest.Builder request) {
        try {
            Address address = address();
            address.check();
            HttpResponse<InputStream> answer =
                    client.send(request.uri(address.uri()).build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            if (answer.statusCode() < 200 || answer.statusCode() > 299) {
                throw unavailable("answered " + answer.statusCode());
            }
        } catch (InvalidInput refused) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED, "channel " + name + ": " + refused.getMessage() + "; correct it");
        } catch (IOException failure) {
            throw unavailable("did not answer (" + failure.getClass().getSimpleName() + ")");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unavailable("was not waited for any longer");
        }
    }

    private Address address() {
        if (!url.startsWith("${")) {
            return Address.of(url);
        }
        try (SecretValue resolved = references.resolve(url)) {
            return Address.of(resolved.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
        }
    }

    private RetryableException unavailable(String what) {
        return new RetryableException(
                FailureCode.CHANNEL_UNAVAILABLE,
                "the webhook of channel " + name + ' ' + what + "; only an answer from 200 to 299 counts");
    }

    private static byte[] body(Notice notice, Instant toldAt) {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", notice.kind());
        body.put("timestamp", toldAt.toString());
        body.putObject("data")
                .put("severity", notice.severity())
                .put("group", notice.group())
                .put("subject", notice.subject())
                .put("text", notice.text())
                .put("link", notice.link());
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
