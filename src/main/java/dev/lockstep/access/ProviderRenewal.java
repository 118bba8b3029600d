package dev.lockstep.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** Takes new tokens for somebody's session, and what they tell of that person. */
final class ProviderRenewal {

    /** What a provider says that does not let somebody go on. All else is taken for a failure of the provider. */
    private static final Set<String> REFUSALS =
            Set.of("invalid_grant", "invalid_client", "unauthorized_client", "invalid_scope");

    private static final String NO_TOKEN = "invalid_grant";

    private final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> tokens = tokens();
    private final OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
    private final ProviderClient client;
    private final ProviderLogin login;

    ProviderRenewal(ProviderClient client, ProviderLogin login) {
        this.client = client;
        this.login = login;
    }

    private static OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> tokens() {
        RestClientRefreshTokenTokenResponseClient client = new RestClientRefreshTokenTokenResponseClient();
        client.setRestClient(ProviderHttp.tokens());
        return client;
    }

    /**
     * New tokens.
     *
     * @param user as the provider describes that person now; null when it told nothing of who it is
     */
    record Renewed(OAuth2AuthorizedClient tokens, @Nullable ProviderUser user) {}

    /** @throws OAuth2AuthorizationException or an authentication exception when there are none */
    Renewed of(ProviderUser user, OAuth2AuthorizedClient known) {
        OAuth2RefreshToken refresh = known.getRefreshToken();
        if (refresh == null) {
            throw new OAuth2AuthenticationException(NO_TOKEN);
        }
        ClientRegistration registration = client.registration();
        OAuth2AccessTokenResponse answer = tokens.getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(registration, known.getAccessToken(), refresh));
        OAuth2RefreshToken next = answer.getRefreshToken() == null ? refresh : answer.getRefreshToken();
        OAuth2AuthorizedClient fresh =
                new OAuth2AuthorizedClient(registration, user.getName(), answer.getAccessToken(), next);
        return new Renewed(fresh, renewed(user, registration, answer));
    }

    private @Nullable ProviderUser renewed(
            ProviderUser user, ClientRegistration registration, OAuth2AccessTokenResponse answer) {
        if (!(answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String text)) {
            return null;
        }
        OidcIdToken idToken = decoded(registration, text);
        if (!user.idToken().getSubject().equals(idToken.getSubject())) {
            throw new OAuth2AuthenticationException("invalid_id_token");
        }
        return login.renew(
                new OidcUserRequest(registration, answer.getAccessToken(), idToken, answer.getAdditionalParameters()));
    }

    private OidcIdToken decoded(ClientRegistration registration, String text) {
        try {
            Jwt jwt = decoders.createDecoder(registration).decode(text);
            return new OidcIdToken(text, jwt.getIssuedAt(), jwt.getExpiresAt(), jwt.getClaims());
        } catch (JwtException e) {
            throw new AuthenticationServiceException("the provider's ID token cannot be checked", e);
        }
    }

    /** Whether it was no refusal, but no answer or none that could be understood. */
    static boolean silent(RuntimeException failure) {
        if (failure instanceof OAuth2AuthorizationException refused) {
            return !REFUSALS.contains(refused.getError().getErrorCode());
        }
        return failure instanceof AuthenticationServiceException;
    }
}
