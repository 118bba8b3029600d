package dev.lockstep.access;

import dev.lockstep.domain.Area;
import java.util.List;
import java.util.stream.Collectors;

/** The one place that decides who may do what. */
final class AccessRules {

    private AccessRules() {}

    /**
     * Whether these roles allow an action.
     *
     * @param about the credentials that it is about; everything when it is about none, or about several
     */
    static Verdict explain(Grants grants, Action action, Area about) {
        List<Grant> fitting = grants.list().stream()
                .filter(grant -> action.roles().contains(grant.role()))
                .toList();
        if (fitting.isEmpty()) {
            return Verdict.refused("this needs " + action.needs());
        }
        return fitting.stream()
                .filter(grant -> !action.hasArea() || grant.reaches(about))
                .findFirst()
                .map(grant -> Verdict.allowed("by the role " + grant))
                .orElseGet(() -> Verdict.refused(outOfReach(fitting, action, about)));
    }

    /** Whether these roles allow an action anywhere, so that it may be asked for which one. */
    static Verdict somewhere(Grants grants, Action action) {
        return grants.list().stream()
                .filter(grant -> action.roles().contains(grant.role()))
                .findFirst()
                .map(grant -> Verdict.allowed("by the role " + grant + ", as far as it reaches"))
                .orElseGet(() -> Verdict.refused("this needs " + action.needs()));
    }

    private static String outOfReach(List<Grant> limited, Action action, Area about) {
        String roles = limited.stream().map(Grant::toString).collect(Collectors.joining(" and "));
        return "this needs " + action.needs()
                + (about.equals(Area.EVERYTHING) ? " for all environments" : " for " + about) + ", not just " + roles;
    }
}
