package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.port.SignedIn;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * The principal of a login at the provider.
 *
 * @param user who that is here, with the roles of this login
 * @param idToken the newest one, as a hint when the provider's session shall end as well
 */
record ProviderUser(SignedInUser user, OidcIdToken idToken) implements OidcUser, SignedIn {

    private static final long serialVersionUID = 1L;

    /** The provider's name of its own session; null when it tells none. */
    @Nullable
    String session() {
        return idToken.getClaimAsString("sid");
    }

    @Override
    public String userId() {
        return user.userId();
    }

    @Override
    public Set<String> engineGroups() {
        return user.engineGroups();
    }

    @Override
    public boolean operates(Area about) {
        return user.operates(about);
    }

    @Override
    public boolean responds(Area about) {
        return user.responds(about);
    }

    @Override
    public String getName() {
        return user.userId();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return user.authorities();
    }

    @Override
    public Map<String, Object> getClaims() {
        return idToken.getClaims();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return idToken.getClaims();
    }

    @Override
    public @Nullable OidcUserInfo getUserInfo() {
        return null;
    }

    @Override
    public OidcIdToken getIdToken() {
        return idToken;
    }

    @Override
    public String toString() {
        return "ProviderUser[" + user + "]";
    }
}
