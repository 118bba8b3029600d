package dev.lockstep.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Fits text into its column, marking what was cut: an operation never fails because its audit event is long. */
final class StorableText {

    /** Stands at the end of a text that was cut. */
    static final String CUT = "…";

    /** Added to details that were cut; tells how long they were. */
    static final String TRUNCATED = "_truncated";

    /** The longest details, in characters. */
    static final int DETAILS = 4000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> FACTS = new TypeReference<>() {};

    private StorableText() {}

    /** At most {@code max} characters that both databases can hold: no NUL and no half of a pair. */
    static String fit(String text, int max) {
        String clean =
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        if (clean.length() <= max) {
            return clean;
        }
        int end = max - CUT.length();
        if (Character.isHighSurrogate(clean.charAt(end - 1))) {
            end--;
        }
        return clean.substring(0, end) + CUT;
    }

    /** JSON with sorted keys. When it is too long the longest values are cut first, then the last keys dropped. */
    static String details(Map<String, String> details) {
        String whole = json(cutTo(details, Integer.MAX_VALUE));
        if (whole.length() <= DETAILS) {
            return whole;
        }
        String length = Integer.toString(whole.length());
        NavigableMap<String, String> cut = cutTo(details, DETAILS);
        for (int max = 1024; max >= 16 && json(cut).length() > DETAILS; max /= 2) {
            cut = cutTo(details, max);
            cut.put(TRUNCATED, length);
        }
        while (json(cut).length() > DETAILS) {
            String last = cut.lastKey();
            cut.remove(last.equals(TRUNCATED) ? cut.lowerKey(last) : last);
        }
        return json(cut);
    }

    /** What {@link #details} wrote; text that somebody else put there comes back under one key. */
    static Map<String, String> parse(String details) {
        try {
            return JSON.readValue(details, FACTS);
        } catch (JsonProcessingException notOurs) {
            return Map.of("_unreadable", details);
        }
    }

    private static NavigableMap<String, String> cutTo(Map<String, String> details, int max) {
        NavigableMap<String, String> cut = new TreeMap<>();
        details.forEach((key, value) -> cut.put(fit(key, max), fit(value, max)));
        return cut;
    }

    private static String json(Map<String, String> details) {
        try {
            return JSON.writeValueAsString(details);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a map of texts is always JSON", impossible);
        }
    }
}
