package dev.lockstep.access;

import dev.lockstep.domain.InvalidInput;
import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A role that a user has, written {@code approver} or {@code approver@prod}.
 *
 * @param environment the first segment of the names of the credentials that it is for; null for all
 */
record Grant(Role role, @Nullable String environment) implements Comparable<Grant>, Serializable {

    /** As in the name of a credential, and short enough for the name of a group in the engine. */
    private static final Pattern ENVIRONMENT = Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9_.-]{0,49}");

    private static final String FIELD = "roles";

    Grant {
        if (environment != null && !role.limitable()) {
            throw new InvalidInput(FIELD, "the role '" + role.label() + "' cannot be limited to an environment");
        }
        if (environment != null && !isEnvironment(environment)) {
            throw new InvalidInput(
                    FIELD,
                    "an environment is 1 to 50 lower-case letters, digits, '-', '_' and single '.', as in 'approver@prod'");
        }
    }

    static Grant everywhere(Role role) {
        return new Grant(role, null);
    }

    static Grant parse(String text) {
        int at = text.indexOf('@');
        String label = at < 0 ? text : text.substring(0, at);
        Role role = Role.of(label)
                .orElseThrow(() -> new InvalidInput(
                        FIELD, "there is no such role; the roles are " + Grants.everywhere(Role.values())));
        return new Grant(role, at < 0 ? null : text.substring(at + 1));
    }

    static boolean isEnvironment(String text) {
        return ENVIRONMENT.matcher(text).matches();
    }

    /** @param about an environment; null for what belongs to none */
    boolean reaches(@Nullable String about) {
        return environment == null || environment.equals(about);
    }

    /** A limited role has groups of its own in the engine, which receive the tasks of their environment only. */
    Stream<String> engineGroups() {
        return role.engineGroups().map(group -> environment == null ? group : group + "-" + environment);
    }

    @Override
    public int compareTo(Grant other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return environment == null ? role.label() : role.label() + "@" + environment;
    }
}
