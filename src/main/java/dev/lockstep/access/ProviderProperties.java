package dev.lockstep.access;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The OpenID provider at which people log in, {@code lockstep.access.oidc.*}.
 *
 * @param issuer as the provider writes it into its tokens
 * @param clientId as which Lockstep is known there
 * @param name as people know the provider, for the button on the login page
 * @param scopes asked for at a login
 * @param userClaim holds the id of the user here
 * @param rolesClaim holds the roles: a claim, or a path into one such as {@code realm_access.roles}
 * @param roles which grants each value of that claim gives
 * @param audience that tokens at the interfaces have to be for; the client id when not given
 * @param grace how long sessions go on when the provider does not answer
 */
@ConfigurationProperties("lockstep.access.oidc")
record ProviderProperties(
        String issuer,
        String clientId,
        @DefaultValue("your organisation") String name,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue("preferred_username") String userClaim,
        @DefaultValue("groups") String rolesClaim,
        @DefaultValue Map<String, List<String>> roles,
        @Nullable String audience,
        @DefaultValue("10m") Duration grace) {

    ProviderProperties {
        if (clientId == null || clientId.isBlank()) {
            throw new IllegalArgumentException("lockstep.access.oidc.client-id is missing");
        }
        if (!"https".equals(scheme(issuer))
                && !List.of("localhost", "127.0.0.1").contains(host(issuer))) {
            throw new IllegalArgumentException("lockstep.access.oidc.issuer is an address that begins with https://");
        }
        if (roles.isEmpty()) {
            throw new IllegalArgumentException(
                    "lockstep.access.oidc.roles is empty, so nobody who logs in there could do anything");
        }
    }

    String audienceOrClient() {
        return audience == null ? clientId : audience;
    }

    /** What the values of the claim give; refused when one of the grants is none. */
    Map<String, Grants> grants() {
        return roles.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> Grants.parse(entry.getValue())));
    }

    private static @Nullable String scheme(String issuer) {
        return URI.create(issuer).getScheme();
    }

    private static String host(String issuer) {
        return String.valueOf(URI.create(issuer).getHost());
    }
}
