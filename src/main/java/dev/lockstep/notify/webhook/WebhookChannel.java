package dev.lockstep.notify.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.OutboundRefused;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretReferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends notices to one address, signed. Follows no redirect and reads no answer beyond its status. */
final class WebhookChannel implements Channel {

    private static final Duration CALL = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final String url;
    private final String secret;
    private final SecretReferences references;
    private final Clock clock;
    private final Function<String, WebAddress> addresses;
    private final OutboundHttp http;

    /** @param url and {@code secret} may be references, looked up for each request */
    WebhookChannel(
            String name,
            String url,
            String secret,
            SecretReferences references,
            Clock clock,
            Function<String, WebAddress> addresses,
            OutboundHttp http) {
        this.name = name;
        this.url = url;
        this.secret = secret;
        this.references = references;
        this.clock = clock;
        this.addresses = addresses;
        this.http = http;
    }

    @Override
    public void send(String id, Notice notice, Instant toldAt) {
        byte[] body = body(notice, toldAt);
        long timestamp = clock.instant().getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        try (SecretValue key = references.resolve(secret)) {
            headers.put("webhook-signature", Signature.of(id, timestamp, body, key));
        }
        exchange(headers, body);
    }

    private void exchange(Map<String, String> headers, byte[] body) {
        try {
            int status = http.post(address().uri(), headers, body, CALL, 0).status();
            if (status < 200 || status > 299) {
                throw unavailable("answered " + status);
            }
        } catch (InvalidInput | OutboundRefused refused) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED, "channel " + name + ": " + refused.getMessage() + "; correct it");
        } catch (IOException failure) {
            throw unavailable("did not answer (" + failure.getClass().getSimpleName() + ")");
        }
    }

    private WebAddress address() {
        if (!url.startsWith("${")) {
            return addresses.apply(url);
        }
        try (SecretValue resolved = references.resolve(url)) {
            return addresses.apply(resolved.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
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
        ObjectNode data = body.putObject("data");
        Notice.@Nullable About about = notice.about();
        if (about == null) {
            data.put("severity", notice.severity())
                    .put("group", notice.group())
                    .put("subject", notice.subject())
                    .put("text", notice.text())
                    .put("link", notice.link());
        } else {
            data.put("consumer", notice.group())
                    .put("credential", about.ref().credential().value())
                    .put("version", about.ref().version())
                    .put("place", about.place())
                    .put("read", notice.link());
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
