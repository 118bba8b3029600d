package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Endpoint;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the newest version of a schema may be made of: account, value, and settings of the target and of the account
 * that are no secrets.
 *
 * @param target null when nothing is known of it
 */
record SchemaSources(Credential credential, @Nullable Endpoint target) {

    static final String USERNAME = "username";
    static final String PASSWORD = "password";

    /** Begins what is a setting of the target. */
    static final String TARGET = "target.";

    /** Begins what is a setting of the credential, which is one of its account. */
    static final String ACCOUNT = "account.";

    /** Whether there could be a variable of that name. */
    static boolean isKnown(String name) {
        return name.equals(USERNAME)
                || name.equals(PASSWORD)
                || (isSetting(name) && !Settings.isSecret(name.substring(name.indexOf('.') + 1)));
    }

    static boolean isSetting(String name) {
        return name.startsWith(TARGET) || name.startsWith(ACCOUNT);
    }

    /** The value of a setting; empty when it is not there, or refers to a secret. */
    Optional<String> setting(String name) {
        Map<String, String> settings =
                name.startsWith(ACCOUNT) ? credential.settings() : target == null ? Map.of() : target.settings();
        return Optional.ofNullable(settings.get(name.substring(name.indexOf('.') + 1)))
                .filter(value ->
                        isKnown(name) && !value.isEmpty() && Reference.of(value).isEmpty());
    }

    /** The value of any variable; null when it is not there. */
    @Nullable
    String value(String name, String username, String password) {
        return switch (name) {
            case USERNAME -> username;
            case PASSWORD -> password;
            default -> isSetting(name) ? setting(name).orElse(null) : null;
        };
    }
}
