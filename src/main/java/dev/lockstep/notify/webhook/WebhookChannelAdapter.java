package dev.lockstep.notify.webhook;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.WebAddress;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.SecretReferences;
import java.time.Clock;

/** Opens channels of the type {@code webhook}; the settings are described in {@code channel-webhook.json}. */
public final class WebhookChannelAdapter implements ChannelAdapter {

    private final SecretReferences references;
    private final Clock clock;
    private final OutboundRules outbound;
    private final OutboundHttp http;

    public WebhookChannelAdapter(SecretReferences references, Clock clock, OutboundRules outbound, OutboundHttp http) {
        this.references = references;
        this.clock = clock;
        this.outbound = outbound;
        this.http = http;
    }

    @Override
    public String type() {
        return "webhook";
    }

    @Override
    public Channel open(Endpoint endpoint) {
        String url = required(endpoint, "url");
        String secret = required(endpoint, "secret");
        if (!url.startsWith("${")) {
            WebAddress.of("url", url, outbound);
        }
        return new WebhookChannel(
                endpoint.name(),
                url,
                secret,
                references,
                clock,
                address -> WebAddress.of("url", address, outbound),
                http);
    }

    private static String required(Endpoint endpoint, String field) {
        String value = endpoint.settings().getOrDefault(field, "");
        if (value.isBlank()) {
            throw new InvalidInput(field, "a channel of type webhook needs " + field);
        }
        return value;
    }
}
