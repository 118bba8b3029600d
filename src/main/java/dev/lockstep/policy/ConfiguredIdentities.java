package dev.lockstep.policy;

import dev.lockstep.domain.Identity;
import dev.lockstep.port.Identities;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The identities of the configuration in force. */
final class ConfiguredIdentities implements Identities {

    private final Supplier<? extends Map<String, Identity>> configured;

    ConfiguredIdentities(Supplier<? extends Map<String, Identity>> configured) {
        this.configured = configured;
    }

    @Override
    public Optional<Identity> identity(String name) {
        return Optional.ofNullable(configured.get().get(name));
    }

    @Override
    public Collection<Identity> identities() {
        return configured.get().values();
    }
}
