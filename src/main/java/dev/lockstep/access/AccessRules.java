package dev.lockstep.access;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one place that decides who may do what. */
final class AccessRules {

    private AccessRules() {}

    /**
     * Whether these roles allow an action.
     *
     * @param environment of the credential that it is about; null when it is about none, or about several
     */
    static Verdict explain(Grants grants, Action action, @Nullable String environment) {
        List<Grant> fitting = grants.list().stream()
                .filter(grant -> action.roles().contains(grant.role()))
                .toList();
        if (fitting.isEmpty()) {
            return Verdict.refused("this needs " + action.needs());
        }
        return fitting.stream()
                .filter(grant -> !action.touchesCredentials() || grant.reaches(environment))
                .findFirst()
                .map(grant -> Verdict.allowed("by the role " + grant))
                .orElseGet(() -> Verdict.refused(outOfReach(fitting, action, environment)));
    }

    private static String outOfReach(List<Grant> limited, Action action, @Nullable String environment) {
        String roles = limited.stream().map(Grant::toString).collect(Collectors.joining(" and "));
        return "this needs " + action.needs() + (environment == null ? " for all environments" : " for " + environment)
                + ", not just " + roles;
    }
}
