package dev.lockstep.access;

import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * Lockstep as the provider knows it. What the provider tells of itself is asked for when somebody first logs in, so
 * that Lockstep starts without it; the secret is looked up each time, because it may be one that is rotated.
 */
final class ProviderClient implements ClientRegistrationRepository {

    /** Part of the addresses that the provider has to know. */
    static final String ID = "oidc";

    private static final Logger LOG = LoggerFactory.getLogger(ProviderClient.class);

    private final ProviderProperties provider;
    private final @Nullable String secret;
    private final SecretReferences references;
    private final AtomicReference<@Nullable ClientRegistration> discovered = new AtomicReference<>();

    /** @param secret the reference to it; null for a client that has none */
    ProviderClient(ProviderProperties provider, @Nullable String secret, SecretReferences references) {
        this.provider = provider;
        this.secret = secret;
        this.references = references;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String registrationId) {
        return registrationId.equals(ID) ? registration() : null;
    }

    ClientRegistration registration() {
        ClientRegistration known = discovered.get();
        if (known == null) {
            known = discover();
            discovered.set(known);
        }
        if (secret == null) {
            return known;
        }
        try (SecretValue value = references.resolve(secret)) {
            return ClientRegistration.withClientRegistration(known)
                    .clientSecret(value.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                    .build();
        } catch (LockstepException unusable) {
            LOG.warn("Nobody can log in at {}: {}", provider.issuer(), unusable.getMessage());
            throw new ProviderSilent(unusable);
        }
    }

    /** Whatever goes wrong here is the provider's silence. */
    private ClientRegistration discover() {
        try {
            ClientRegistration.Builder client = ClientRegistrations.fromOidcConfiguration(
                            ProviderHttp.discovered(provider.issuer()))
                    .registrationId(ID)
                    .clientId(provider.clientId())
                    .clientName(provider.name())
                    .scope(provider.scopes())
                    .userNameAttributeName("sub");
            if (secret == null) {
                client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
            }
            return client.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.warn("Nobody can log in at {}: {}", provider.issuer(), e.getMessage());
            throw new ProviderSilent(e);
        }
    }
}
