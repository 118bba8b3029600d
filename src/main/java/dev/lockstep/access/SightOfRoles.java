package dev.lockstep.access;

import dev.lockstep.domain.Reach;
import dev.lockstep.port.Sight;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Tells by the roles of a login how far somebody sees. */
final class SightOfRoles implements Sight {

    @Override
    public Reach reading() {
        return reach(Action.READ);
    }

    @Override
    public Reach auditing() {
        return reach(Action.READ_AUDIT);
    }

    private static Reach reach(Action action) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null) {
            return Reach.WHOLE;
        }
        return SignedInUser.of(login)
                .map(SignedInUser::grants)
                .orElse(Grants.NONE)
                .reach(action.roles());
    }
}
