package dev.lockstep.access;

import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.EngineDirectory;
import dev.lockstep.port.SecretReferences;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the login at an OpenID provider, when one is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("lockstep.access.oidc.issuer")
@EnableConfigurationProperties(ProviderProperties.class)
class ProviderConfiguration {

    private static final ConfigurationPropertyName SECRET =
            ConfigurationPropertyName.of("lockstep.access.oidc.client-secret");

    @Bean
    ProviderSurface providerSurface(
            ProviderProperties provider,
            StepUpRules stepUp,
            SecretReferences references,
            Environment environment,
            AccessUsers users,
            AccessSessions sessions,
            EngineDirectory engine,
            AuditTrail trail,
            TransactionTemplate transaction,
            Clock clock) {
        ProviderClient client = new ProviderClient(provider, secret(environment), references);
        ProvidedPeople people = new ProvidedPeople(users, engine, trail, transaction, provider, clock);
        ProviderLogin login = new ProviderLogin(people);
        ProviderJwts jwts = new ProviderJwts(provider, clock);
        return new ProviderSurface(
                provider,
                stepUp,
                client,
                login,
                new ProviderTokenLogin(jwts.accessTokens(), people),
                new ProviderSessionFilter(new ProviderRenewal(client, login), provider.grace(), clock),
                new BackChannelLogout(jwts.logoutTokens(), provider, sessions, trail, transaction));
    }

    /** As it was written: Spring would take a reference for a placeholder of its own. */
    private static @Nullable String secret(Environment environment) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(SECRET);
            if (property != null) {
                return String.valueOf(property.getValue());
            }
        }
        return null;
    }
}
