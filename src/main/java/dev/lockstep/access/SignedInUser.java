package dev.lockstep.access;

import dev.lockstep.port.SignedIn;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** The principal of a login, as sessions keep it. */
record SignedInUser(String userId, Set<Role> roles, int revision)
        implements SignedIn, AuthenticatedPrincipal, Serializable {

    SignedInUser {
        roles = Set.copyOf(roles);
    }

    static SignedInUser of(AccessUser user) {
        return new SignedInUser(user.id(), user.roles(), user.revision());
    }

    List<GrantedAuthority> authorities() {
        return AuthorityUtils.createAuthorityList(
                roles.stream().map(role -> "ROLE_" + role.name()).sorted().toList());
    }

    @Override
    public Set<String> engineGroups() {
        return Role.engineGroups(roles);
    }

    @Override
    public String getName() {
        return userId;
    }
}
