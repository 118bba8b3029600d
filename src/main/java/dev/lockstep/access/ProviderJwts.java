package dev.lockstep.access;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.web.client.RestTemplate;

/** Checks what the provider has signed; where its keys are is asked for at the first use. */
final class ProviderJwts {

    private static final String LOGOUT = "http://schemas.openid.net/event/backchannel-logout";

    private final ProviderProperties provider;
    private final Clock clock;

    ProviderJwts(ProviderProperties provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /** For tokens with which programs come. One that was made for a login or a logout is none. */
    JwtDecoder accessTokens() {
        return decoder(List.of(
                type("JWT", "at+jwt", "application/at+jwt"),
                audience(provider.audienceOrClient()),
                check(ProviderJwts::isNoOther, "the token is no access token"),
                check(jwt -> jwt.getExpiresAt() != null, "the token never expires")));
    }

    JwtDecoder logoutTokens() {
        return decoder(List.of(
                type("JWT", "logout+jwt"),
                audience(provider.clientId()),
                check(ProviderJwts::isLogout, "the token is no logout token"),
                check(
                        jwt -> jwt.hasClaim("sid") || jwt.getSubject() != null,
                        "the token names no session and nobody")));
    }

    private static boolean isNoOther(Jwt jwt) {
        return !"ID".equals(jwt.getClaimAsString("typ"))
                && !jwt.hasClaim("at_hash")
                && !jwt.hasClaim("nonce")
                && !jwt.hasClaim("events")
                && jwt.getSubject() != null;
    }

    private static boolean isLogout(Jwt jwt) {
        return jwt.getClaims().get("events") instanceof Map<?, ?> events
                && events.containsKey(LOGOUT)
                && !jwt.hasClaim("nonce");
    }

    private JwtDecoder decoder(List<OAuth2TokenValidator<Jwt>> more) {
        return new SupplierJwtDecoder(() -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(provider.issuer())
                    .validateType(false)
                    .restOperations(new RestTemplate(ProviderHttp.requests()))
                    .build();
            List<OAuth2TokenValidator<Jwt>> all = new ArrayList<>(more);
            JwtTimestampValidator times = new JwtTimestampValidator();
            times.setClock(clock);
            all.add(times);
            all.add(new JwtIssuerValidator(provider.issuer()));
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(all));
            return decoder;
        });
    }

    /** Of the header; many providers give none. */
    private static OAuth2TokenValidator<Jwt> type(String... allowed) {
        JwtTypeValidator type = new JwtTypeValidator(allowed);
        type.setAllowEmpty(true);
        return type;
    }

    private static OAuth2TokenValidator<Jwt> audience(String audience) {
        return check(
                jwt -> jwt.getAudience() != null && jwt.getAudience().contains(audience),
                "the token is for somebody else");
    }

    private static OAuth2TokenValidator<Jwt> check(Predicate<Jwt> right, String otherwise) {
        OAuth2Error error = new OAuth2Error("invalid_token", otherwise, null);
        return jwt ->
                right.test(jwt) ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(error);
    }
}
