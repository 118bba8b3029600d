package dev.lockstep.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One column of a table, or one line of a page.
 *
 * @param title as people read it, in small letters
 * @param pointer where the value is, as a JSON pointer; {@code *} stands for each element of a list
 * @param kind how the value is shown
 */
record Column(String title, String pointer, Kind kind) {

    /** How a value is shown. */
    enum Kind {
        /** Never cut: a name or id that somebody copies. */
        NAME,
        /** Free text; the first to be cut when the terminal is narrow. */
        TEXT,
        /** A moment. */
        MOMENT,
        /** A word whose colour says whether to worry. */
        STATE
    }

    static Column name(String title, String pointer) {
        return new Column(title, pointer, Kind.NAME);
    }

    static Column text(String title, String pointer) {
        return new Column(title, pointer, Kind.TEXT);
    }

    static Column moment(String title, String pointer) {
        return new Column(title, pointer, Kind.MOMENT);
    }

    static Column state(String title, String pointer) {
        return new Column(title, pointer, Kind.STATE);
    }

    /** The value as text; empty when there is none. */
    String of(JsonNode item) {
        int each = pointer.indexOf("/*/");
        String text = each < 0
                ? plain(item.at(pointer))
                : Json.list(item.at(pointer.substring(0, each))).stream()
                        .map(element -> plain(element.at(pointer.substring(each + 2))))
                        .collect(Collectors.joining(", "));
        return Text.printable(kind == Kind.MOMENT ? Text.moment(text) : text);
    }

    private static String plain(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(Column::plain)
                    .collect(Collectors.joining(", "));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(field -> field.getKey() + "=" + plain(field.getValue()))
                    .collect(Collectors.joining(", "));
        }
        if (value.isBoolean()) {
            return value.asBoolean() ? "yes" : "no";
        }
        return value.isNull() ? "" : value.asText("");
    }
}
