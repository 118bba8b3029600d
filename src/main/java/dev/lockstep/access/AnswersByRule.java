package dev.lockstep.access;

import dev.lockstep.domain.Area;
import dev.lockstep.port.AccessAnswers;
import java.util.Optional;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

/** Puts questions to the rules that requests are judged by. */
final class AnswersByRule implements AccessAnswers {

    private final AccessUsers users;
    private final StepUpRules stepUp;

    AnswersByRule(AccessUsers users, StepUpRules stepUp) {
        this.users = users;
        this.stepUp = stepUp;
    }

    @Override
    public Optional<Answer> explain(String user, String action, Area what) {
        // The roles of a token stand in the token: about itself a login is asked, not the table.
        Optional<SignedInUser> asker = SignedInUser.of(
                        SecurityContextHolder.getContext().getAuthentication())
                .filter(one -> one.userId().equals(user));
        if (asker.isEmpty()) {
            requireReview();
        }
        Action asked = Action.of(action);
        Area about = asked.hasArea() ? what : Area.EVERYTHING;
        return asker.map(own -> verdict(own, asked, about))
                .or(() -> known(user).map(other -> verdict(other, asked, about)))
                .map(verdict -> answer(user, asked, about, verdict));
    }

    private Optional<AccessUser> known(String id) {
        return AccessUser.isId(id) ? users.find(id) : Optional.empty();
    }

    private static void requireReview() {
        Grants grants = SignedInUser.of(SecurityContextHolder.getContext().getAuthentication())
                .map(SignedInUser::grants)
                .orElse(Grants.NONE);
        Verdict verdict = AccessRules.explain(grants, Action.REVIEW_ACCESS, Area.EVERYTHING);
        if (!verdict.isGranted()) {
            throw new AuthorizationDeniedException("not about others", verdict);
        }
    }

    private static Verdict verdict(AccessUser user, Action action, Area about) {
        return user.disabled()
                ? Verdict.refused("the user is disabled")
                : verdict(SignedInUser.of(user), action, about);
    }

    private static Verdict verdict(SignedInUser user, Action action, Area about) {
        return user.mustReplacePassword()
                ? Verdict.refused("the one-time password has to be replaced first")
                : AccessRules.explain(user.grants(), action, about);
    }

    private Answer answer(String user, Action action, Area about, Verdict verdict) {
        boolean fresh = verdict.isGranted() && action.cannotBeTakenBack() && stepUp.cover(about.environment());
        return new Answer(user, action.label(), about, verdict.isGranted(), verdict.reason(), fresh);
    }
}
