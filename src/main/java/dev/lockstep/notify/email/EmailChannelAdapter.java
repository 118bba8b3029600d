package dev.lockstep.notify.email;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.SecretReferences;

/** Opens channels of the type {@code email}; the settings are described in {@code channel-email.json}. */
public final class EmailChannelAdapter implements ChannelAdapter {

    private final SecretReferences references;
    private final OutboundRules outbound;

    /** @param outbound which servers may be connected to */
    public EmailChannelAdapter(SecretReferences references, OutboundRules outbound) {
        this.references = references;
        this.outbound = outbound;
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public Channel open(Endpoint endpoint) {
        EmailSettings settings = EmailSettings.of(endpoint);
        outbound.objectionToHost(settings.host()).ifPresent(why -> {
            throw new InvalidInput("host", "host " + why);
        });
        return new EmailChannel(settings, references, outbound);
    }
}
