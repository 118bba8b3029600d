package dev.lockstep.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points to a secret outside of the configuration.
 *
 * @param kind {@code env} or {@code file}
 * @param place name of the variable or path of the file
 */
record Reference(String kind, String place) {

    /** Advice about how to write one. */
    static final String FORMS = "write ${env:NAME} or ${file:/path} and keep the value there";

    private static final Pattern FORM =
            Pattern.compile("\\$\\{(?:(env):([A-Za-z_][A-Za-z0-9_]*)|(file):(/[^}\\u0000]+))\\}");

    /** The reference that the text is as a whole; empty when it is none. */
    static Optional<Reference> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                matcher.group(1) != null
                        ? new Reference(matcher.group(1), matcher.group(2))
                        : new Reference(matcher.group(3), matcher.group(4)));
    }

    @Override
    public String toString() {
        return "${" + kind + ':' + place + '}';
    }
}
