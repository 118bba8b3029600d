package dev.lockstep.canary;

import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers every secret of a run in the spellings that a leak could have, and finds them in anything. */
final class SecretWitness {

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    void saw(SecretValue secret) {
        secret.expose(bytes -> secrets.add(new String(bytes, StandardCharsets.UTF_8)));
    }

    void saw(String secret) {
        secrets.add(secret);
    }

    int seen() {
        return secrets.size();
    }

    /** The spellings of known secrets that occur in the text; named by length only, so that a failure leaks nothing. */
    List<String> in(String text) {
        return secrets.stream()
                .flatMap(secret -> spellings(secret).entrySet().stream())
                .filter(spelling -> text.contains(spelling.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, String> spellings(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "plain", secret,
                "base64", Base64.getEncoder().withoutPadding().encodeToString(bytes),
                "hex", HexFormat.of().formatHex(bytes),
                "reversed", new StringBuilder(secret).reverse().toString());
    }
}
