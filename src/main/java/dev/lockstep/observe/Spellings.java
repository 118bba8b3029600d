package dev.lockstep.observe;

import dev.lockstep.domain.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ways in which a driver or server may write a secret down, as one pattern to search a text for. */
final class Spellings {

    /** Fragments shorter than this occur in ordinary text by chance. */
    private static final int SHORTEST_FRAGMENT = 6;

    private static final String REDACTED = "[redacted]";

    private final Pattern pattern;

    private Spellings(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Spellings of all these secrets. The work depends on their length only.
     *
     * @throws IllegalStateException when one of them has been wiped
     */
    static Spellings of(List<SecretValue> secrets) {
        Set<String> all = new HashSet<>();
        secrets.forEach(secret -> all.addAll(secret.<Set<String>>expose(Spellings::spell)));
        String alternatives = all.stream()
                .filter(spelling -> !spelling.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return new Spellings(Pattern.compile(
                alternatives.isEmpty() ? "(?!)" : alternatives, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /** Whether the text carries one of the secrets. */
    boolean in(String text) {
        return pattern.matcher(text).find();
    }

    /** The text without the secrets. */
    String scrub(String text) {
        return pattern.matcher(text).replaceAll(REDACTED);
    }

    private static Set<String> spell(byte[] secret) {
        Set<String> found = new HashSet<>();
        String text = new String(secret, StandardCharsets.UTF_8);
        found.addAll(quoted(text));
        found.add(new String(secret, StandardCharsets.ISO_8859_1));
        text.lines().filter(Spellings::isFragment).map(String::strip).forEach(found::add);
        found.add(HexFormat.of().formatHex(secret));
        found.add(HexFormat.ofDelimiter(" ").formatHex(secret));
        found.add(HexFormat.ofDelimiter(":").formatHex(secret));
        found.add(Arrays.toString(secret));
        for (int before = 0; before < 3; before++) {
            String inside = base64Inside(secret, before);
            if (inside.length() >= SHORTEST_FRAGMENT) {
                found.add(inside);
                found.add(inside.replace('+', '-').replace('/', '_'));
                found.add(urlEncoded(inside));
            }
        }
        found.add(Base64.getEncoder().encodeToString(secret));
        return found;
    }

    /** As text, and as JSON, SQL, XML and URLs write it. */
    private static List<String> quoted(String text) {
        String backslashed = text.replace("\\", "\\\\");
        String entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return List.of(
                text,
                backslashed,
                backslashed.replace("\"", "\\\""),
                backslashed.replace("\"", "\\\"").replace("\n", "\\n").replace("/", "\\/"),
                backslashed.replace("\"", "\\\"").replace("\n", "\\n"),
                text.replace("'", "''"),
                backslashed.replace("'", "\\'"),
                entities,
                entities.replace("\"", "&quot;").replace("'", "&#39;"),
                entities.replace("\"", "&quot;").replace("'", "&apos;"),
                urlEncoded(text),
                urlEncoded(text).replace("+", "%20"),
                percentEncoded(text));
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** RFC 3986: everything but letters, digits, {@code - . _ ~}. */
    private static String percentEncoded(String text) {
        return urlEncoded(text).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    /** A line of a key in PEM is a secret by itself; its first and last line are not. */
    private static boolean isFragment(String line) {
        return line.strip().length() >= 4 * SHORTEST_FRAGMENT && !line.startsWith("-----");
    }

    /**
     * What the secret looks like in the base64 of something longer (like {@code user:password}) in which {@code before}
     * bytes, counted modulo 3, stand before it: only the characters that no neighbour has a part in.
     */
    private static String base64Inside(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        Arrays.fill(shifted, (byte) 0);
        int first = (before * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return first < end ? encoded.substring(first, end) : "";
    }
}
