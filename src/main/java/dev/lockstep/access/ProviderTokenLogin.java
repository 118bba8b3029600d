package dev.lockstep.access;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Lets programs in that come with a token of the provider, one request at a time. */
final class ProviderTokenLogin {

    private final JwtDecoder accessTokens;
    private final ProvidedPeople people;

    ProviderTokenLogin(JwtDecoder accessTokens, ProvidedPeople people) {
        this.accessTokens = accessTokens;
        this.people = people;
    }

    Authentication authenticate(Authentication request) {
        Jwt jwt = decoded(((BearerTokenAuthenticationToken) request).getToken());
        SignedInUser user = people.admit(jwt.getSubject(), jwt.getClaims());
        return UsernamePasswordAuthenticationToken.authenticated(user, jwt, user.authorities());
    }

    private Jwt decoded(String token) {
        try {
            return accessTokens.decode(token);
        } catch (BadJwtException refused) {
            throw new OAuth2AuthenticationException(
                    new OAuth2Error("invalid_token", "the token is not valid here", null), refused);
        } catch (JwtException silent) {
            throw new ProviderSilent(silent);
        }
    }
}
