package dev.lockstep.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of the schema of a class of credentials, written {@code v2}; not the version of a credential.
 *
 * @param number counted from 1
 */
public record SchemaVersion(int number) implements Comparable<SchemaVersion> {

    private static final Pattern FORM = Pattern.compile("v[1-9][0-9]{0,3}");

    public SchemaVersion {
        if (number < 1) {
            throw new IllegalArgumentException("versions of a schema are counted from 1, got " + number);
        }
    }

    /** Reads {@code v1} to {@code v9999}; empty when the text is something else. */
    public static Optional<SchemaVersion> parse(String text) {
        return FORM.matcher(text).matches()
                ? Optional.of(new SchemaVersion(Integer.parseInt(text.substring(1))))
                : Optional.empty();
    }

    /** How it is written together with its class, for example {@code database-user/v2}. */
    public String of(String kind) {
        return kind + '/' + this;
    }

    @Override
    public int compareTo(SchemaVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "v" + number;
    }
}
