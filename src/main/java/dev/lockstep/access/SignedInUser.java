package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.port.SignedIn;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/**
 * The principal of a login, as sessions keep it.
 *
 * @param grants none as long as the password has to be replaced
 * @param mustReplacePassword whether somebody else has seen the password
 * @param secondFactor whether a password alone was not enough when that was checked
 */
record SignedInUser(String userId, Grants grants, int revision, boolean mustReplacePassword, boolean secondFactor)
        implements SignedIn, AuthenticatedPrincipal, Serializable {

    static SignedInUser of(AccessUser user) {
        Grants grants = user.oneTimePassword() ? Grants.NONE : user.grants();
        return new SignedInUser(user.id(), grants, user.revision(), user.oneTimePassword(), user.secondFactor());
    }

    /** The user behind a login, in whichever way it was made; empty for what is no login of ours. */
    static Optional<SignedInUser> of(@Nullable Authentication login) {
        Object principal = login == null ? null : login.getPrincipal();
        if (principal instanceof ProviderUser provided) {
            return Optional.of(provided.user());
        }
        return principal instanceof SignedInUser user ? Optional.of(user) : Optional.empty();
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
    public boolean operates(Area about) {
        return AccessRules.explain(grants, Action.OPERATE, about).isGranted();
    }

    @Override
    public boolean responds(Area about) {
        return AccessRules.explain(grants, Action.RESPOND, about).isGranted();
    }

    @Override
    public String getName() {
        return userId;
    }
}
