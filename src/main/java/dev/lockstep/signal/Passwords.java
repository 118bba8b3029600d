package dev.lockstep.signal;

import dev.lockstep.domain.SecretValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Scanners find logins as they are written, for example {@code postgres://user:password@host/database}. */
final class Passwords {

    private static final int LONGEST = 4096;

    private Passwords() {}

    /** The password within an address; empty when the value is no address with a login. The caller closes it. */
    static Optional<SecretValue> within(SecretValue value) {
        if (value.length() > LONGEST) {
            return Optional.empty();
        }
        return value.expose(bytes -> password(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static Optional<SecretValue> password(String text) {
        if (!text.contains("://")) {
            return Optional.empty();
        }
        try {
            String user = new URI(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text).getRawUserInfo();
            int colon = user == null ? -1 : user.indexOf(':');
            if (user == null || colon < 0 || colon == user.length() - 1) {
                return Optional.empty();
            }
            String password = user.substring(colon + 1).replace("+", "%2B");
            return Optional.of(SecretValue.of(URLDecoder.decode(password, StandardCharsets.UTF_8)));
        } catch (URISyntaxException | IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
