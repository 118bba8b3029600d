package dev.lockstep.policy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads flat settings; secrets may stand there as references only. */
final class Settings {

    /** A key names a secret when its last word is one of these. */
    private static final Set<String> SECRETS = Set.of("password", "passwd", "pwd", "secret", "token", "passphrase");

    private Settings() {}

    /** The single values below a mapping as text, as they are written in the file. */
    static Map<String, String> texts(Node settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (settings instanceof Node.Mapping mapping) {
            mapping.fields().forEach((key, value) -> {
                if (value instanceof Node.Scalar scalar && !scalar.json().isNull()) {
                    texts.put(key, scalar.text());
                }
            });
        }
        return texts;
    }

    /** Refuses secrets that are written out, and references that lead nowhere. */
    static void check(Node settings, Problems problems) {
        if (!(settings instanceof Node.Mapping mapping)) {
            return;
        }
        mapping.fields().forEach((key, value) -> {
            String text = value instanceof Node.Scalar scalar ? scalar.text() : "";
            boolean reference = Reference.of(text).isPresent();
            if (text.startsWith("${") && !reference) {
                problems.add(value, "is not a reference that Lockstep knows", Reference.FORMS);
            } else if (value instanceof Node.Scalar && isSecret(key) && !reference) {
                problems.add(value, "a secret must not stand in a file", Reference.FORMS);
            }
        });
    }

    /** Whether the key of a setting says that its value is a secret. */
    static boolean isSecret(String key) {
        String words = key.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replaceAll("[_.]", "-");
        return SECRETS.contains(words.substring(words.lastIndexOf('-') + 1).toLowerCase(Locale.ROOT));
    }
}
