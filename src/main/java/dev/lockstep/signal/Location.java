package dev.lockstep.signal;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The address of a place where a secret was seen; it is shown and kept, but never opened. */
final class Location {

    private static final int LONGEST = 1000;

    private Location() {}

    /** Without user and query, in which credentials often travel. */
    static String of(String text) {
        try {
            URI address = new URI(text.strip());
            boolean web = "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            if (!web || address.getHost() == null) {
                throw refused();
            }
            return new URI(
                            address.getScheme(),
                            null,
                            address.getHost(),
                            address.getPort(),
                            address.getPath(),
                            null,
                            address.getFragment())
                    .toString();
        } catch (URISyntaxException malformed) {
            throw refused();
        }
    }

    /** What is left of a text that nobody has typed: null when it is no such address, or holds the found value. */
    static @Nullable String orNone(@Nullable String text, @Nullable SecretValue value) {
        try {
            String location = text == null ? null : of(text);
            return location == null || location.length() > LONGEST || holds(location, value) ? null : location;
        } catch (InvalidInput noAddress) {
            return null;
        }
    }

    /** Whether a text gives the value away. */
    static boolean holds(String text, @Nullable SecretValue value) {
        return value != null && value.expose(bytes -> text.contains(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static InvalidInput refused() {
        return new InvalidInput("location", "a location is an address like https://example.org/repository/file#L10");
    }
}
