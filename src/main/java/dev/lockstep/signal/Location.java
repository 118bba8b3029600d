package dev.lockstep.signal;

import dev.lockstep.domain.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;

/** The address of a place where a secret was seen; it is shown and kept, but never opened. */
final class Location {

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

    private static InvalidInput refused() {
        return new InvalidInput("location", "a location is an address like https://example.org/repository/file#L10");
    }
}
