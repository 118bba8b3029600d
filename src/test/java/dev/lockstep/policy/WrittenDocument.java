package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

/** A document as text, one value a line, which knows where each key and value stands. */
final class WrittenDocument {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, Integer> values = new HashMap<>();
    private final Map<String, Integer> keys = new HashMap<>();

    private WrittenDocument() {}

    static WrittenDocument of(JsonNode document) {
        WrittenDocument written = new WrittenDocument();
        written.write(document, "", 1);
        written.text.append('\n');
        return written;
    }

    String text() {
        return text.toString();
    }

    /** {@code line:column} of the value at a path such as {@code retries.backoff[1]}. */
    String placeOfValue(String path) {
        return place(Objects.requireNonNull(values.get(path), path));
    }

    /** {@code line:column} of the key at a path. */
    String placeOfKey(String path) {
        return place(Objects.requireNonNull(keys.get(path), path));
    }

    private String place(int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return line + ":" + (offset - before.lastIndexOf('\n'));
    }

    private void write(JsonNode node, String path, int depth) {
        values.put(path, text.length());
        if (node.isObject()) {
            text.append('{');
            for (Iterator<Map.Entry<String, JsonNode>> all = node.properties().iterator(); all.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = all.next();
                String child = path.isEmpty() ? entry.getKey() : path + '.' + entry.getKey();
                text.append('\n').append("  ".repeat(depth));
                keys.put(child, text.length());
                text.append('"').append(entry.getKey()).append("\": ");
                write(entry.getValue(), child, depth + 1);
                text.append(all.hasNext() ? "," : "");
            }
            text.append('}');
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                write(node.get(i), path + '[' + i + ']', depth + 1);
            }
            text.append(']');
        } else {
            text.append(node);
        }
    }
}
