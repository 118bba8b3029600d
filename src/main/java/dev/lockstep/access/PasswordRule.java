package dev.lockstep.access;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may log in with a password, {@code lockstep.access.password-login.*}.
 *
 * @param everybody whether all local users may; otherwise only those for the case that the provider is down
 * @param breakGlass the ids of those
 */
@ConfigurationProperties("lockstep.access.password-login")
record PasswordRule(
        @DefaultValue("true") boolean everybody,
        @DefaultValue("admin") Set<String> breakGlass) {

    PasswordRule {
        breakGlass.forEach(AccessUser::requireId);
    }

    boolean allows(String id) {
        return everybody || breakGlass.contains(id);
    }
}
