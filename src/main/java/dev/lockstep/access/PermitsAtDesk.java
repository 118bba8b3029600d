package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.port.Permits;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Applies the rules of the surfaces once it is known what a request is about. */
final class PermitsAtDesk implements Permits {

    private final FreshFactor factors;

    PermitsAtDesk(FreshFactor factors) {
        this.factors = factors;
    }

    @Override
    public void operate(Area about) {
        Authentication login = require(Action.OPERATE, about);
        ServletRequestAttributes here = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        if (login != null && !factors.suffices(login, here.getRequest(), about.environment())) {
            throw denied(Verdict.lacking(Verdict.Lacks.FRESH_FACTOR));
        }
    }

    @Override
    public void audit(Area about) {
        require(Action.READ_AUDIT, about);
    }

    @Override
    public Optional<String> objection(Area about) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (login == null) {
            return Optional.empty();
        }
        Verdict byRoles = AccessRules.explain(grants(login), Action.OPERATE, about);
        return byRoles.isGranted()
                ? factors.objection(about.environment())
                : Optional.of("Your roles do not allow this: " + byRoles.reason() + ".");
    }

    private static Grants grants(@Nullable Authentication login) {
        return SignedInUser.of(login).map(SignedInUser::grants).orElse(Grants.NONE);
    }

    private static @Nullable Authentication require(Action action, Area about) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        Verdict byRoles = AccessRules.explain(grants(login), action, about);
        if (!byRoles.isGranted()) {
            throw denied(byRoles);
        }
        return login;
    }

    private static AuthorizationDeniedException denied(Verdict verdict) {
        return new AuthorizationDeniedException("refused at the desk", verdict);
    }
}
