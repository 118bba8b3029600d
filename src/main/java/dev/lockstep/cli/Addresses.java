package dev.lockstep.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses of servers, and what is put into them. */
final class Addresses {

    private static final Pattern CREDENTIAL = Pattern.compile("[a-z0-9][a-z0-9_.-]*(/[a-z0-9][a-z0-9_.-]*){3}");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private Addresses() {}

    static URI parse(String field, String text) {
        try {
            URI uri = new URI(text.strip());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw malformed(field);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw malformed(field);
        }
    }

    private static CliException malformed(String field) {
        return CliException.usage(
                "The " + field + " is an address like https://lockstep.example.com, without login and query.");
    }

    /** Whether what is sent there can be read on the way. */
    static boolean readableOnTheWay(URI uri) {
        return "http".equals(uri.getScheme()) && !HERE.contains(uri.getHost());
    }

    /** The path of a credential below the API; what is no name of one is refused. */
    static String credential(String name) {
        if (!CREDENTIAL.matcher(name).matches() || name.contains("..")) {
            throw CliException.usage("'" + Text.printable(name)
                    + "' is no credential: its name is env/team/system/what in lower-case letters, digits, '-', '_'"
                    + " and single '.'.");
        }
        return "/credentials/" + name;
    }

    static boolean isCredential(String name) {
        return CREDENTIAL.matcher(name).matches();
    }

    /** One segment of a path. */
    static String segment(String text) {
        if (text.isBlank() || text.equals(".") || text.equals("..")) {
            throw CliException.usage("'" + Text.printable(text) + "' is no name.");
        }
        return encoded(text);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
