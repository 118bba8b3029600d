package dev.lockstep.notify.email;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Channel;
import dev.lockstep.port.ChannelAdapter;
import dev.lockstep.port.SecretReferences;

/** Opens channels of the type {@code email}; the settings are described in {@code channel-email.json}. */
public final class EmailChannelAdapter implements ChannelAdapter {

    private final SecretReferences references;

    public EmailChannelAdapter(SecretReferences references) {
        this.references = references;
    }

    @Override
    public String type() {
        return "email";
    }

    @Override
    public Channel open(Endpoint endpoint) {
        return new EmailChannel(EmailSettings.of(endpoint), references);
    }
}
