package dev.lockstep.access;

import dev.lockstep.port.SignedIn;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The principal of a login, as sessions keep it.
 *
 * @param grants none as long as the password has to be replaced
 * @param mustReplacePassword whether somebody else has seen the password
 */
record SignedInUser(String userId, Grants grants, int revision, boolean mustReplacePassword)
        implements SignedIn, AuthenticatedPrincipal, Serializable {

    static SignedInUser of(AccessUser user) {
        Grants grants = user.oneTimePassword() ? Grants.NONE : user.grants();
        return new SignedInUser(user.id(), grants, user.revision(), user.oneTimePassword());
    }

    List<GrantedAuthority> authorities() {
        return AuthorityUtils.createAuthorityList(grants.list().stream()
                .map(grant -> "ROLE_" + grant.role().name())
                .distinct()
                .sorted()
                .toList());
    }

    @Override
    public Set<String> engineGroups() {
        return grants.engineGroups();
    }

    @Override
    public boolean operates(String environment) {
        return AccessRules.explain(grants, Action.OPERATE, environment).isGranted();
    }

    @Override
    public String getName() {
        return userId;
    }
}
