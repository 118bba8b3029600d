package dev.lockstep.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one credential as {@code env/team/system/what}, for example {@code prod/shop/postgres/orders-app}.
 *
 * <p>There is one canonical form: four segments of lower-case letters, digits, {@code -}, {@code _} and {@code .}, each
 * starting with a letter or digit, at most 200 characters in all. Nothing is normalised: any other spelling is refused.
 */
public record CredentialName(String value) implements Comparable<CredentialName> {

    /** The longest name, in characters; leaves room for the engine's 255-character business key. */
    public static final int MAX_LENGTH = 200;

    private static final Pattern CANONICAL = Pattern.compile("[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*){3}");

    public CredentialName {
        if (value.length() > MAX_LENGTH) {
            throw new InvalidInput("name", "a credential name has at most " + MAX_LENGTH + " characters");
        }
        if (!CANONICAL.matcher(value).matches() || value.contains("..")) {
            throw new InvalidInput(
                    "name",
                    "a credential name is env/team/system/what in lower-case letters, digits, '-', '_' and single '.'");
        }
    }

    /** Parses a name; throws {@link InvalidInput} for anything but the canonical form. */
    public static CredentialName of(String value) {
        return new CredentialName(value);
    }

    /** The name, when the text is one; what is no name cannot be one of ours. */
    public static Optional<CredentialName> find(String text) {
        try {
            return Optional.of(new CredentialName(text));
        } catch (InvalidInput noName) {
            return Optional.empty();
        }
    }

    /** The first segment, for example {@code prod}. */
    public String environment() {
        return value.substring(0, value.indexOf('/'));
    }

    /** The second segment: the team that owns the credential. */
    public String team() {
        int start = value.indexOf('/') + 1;
        return value.substring(start, value.indexOf('/', start));
    }

    /** The third segment: the kind of system that accepts the credential. */
    public String system() {
        int end = value.lastIndexOf('/');
        return value.substring(value.lastIndexOf('/', end - 1) + 1, end);
    }

    @Override
    public int compareTo(CredentialName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
