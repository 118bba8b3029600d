package dev.lockstep.access;

import java.util.HashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Turns what the provider told at a login into a user of ours. */
final class ProviderLogin implements OAuth2UserService<OidcUserRequest, OidcUser> {

    private final OidcUserService provider = provider();
    private final ProvidedPeople people;

    ProviderLogin(ProvidedPeople people) {
        this.people = people;
    }

    private static OidcUserService provider() {
        DefaultOAuth2UserService people = new DefaultOAuth2UserService();
        people.setRestOperations(ProviderHttp.people());
        OidcUserService provider = new OidcUserService();
        provider.setOauth2UserService(people);
        return provider;
    }

    @Override
    public OidcUser loadUser(OidcUserRequest request) {
        return welcome(request, Map.of("address", address()));
    }

    /** The same for somebody who is logged in, when the provider was asked again. */
    ProviderUser renew(OidcUserRequest request) {
        return welcome(request, Map.of());
    }

    private ProviderUser welcome(OidcUserRequest request, Map<String, String> how) {
        OidcUser told = provider.loadUser(request);
        Map<String, Object> claims = new HashMap<>(told.getClaims());
        return new ProviderUser(people.welcome(told.getSubject(), claims, how), request.getIdToken());
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : "local";
    }
}
