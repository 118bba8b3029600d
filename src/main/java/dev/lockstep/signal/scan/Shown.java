package dev.lockstep.signal.scan;

import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;

/** What of a report is shown to people. */
final class Shown {

    private Shown() {}

    /** Without what moves or hides characters. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]", "?");
    }

    static boolean holds(String text, SecretValue value) {
        return value.expose(bytes -> text.contains(new String(bytes, StandardCharsets.UTF_8)));
    }
}
