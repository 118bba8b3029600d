package dev.lockstep.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Credentials as rows: a column for each field, {@code a;b} for several values, {@code key=value;key=value} for keys.
 */
final class CsvInventory {

    /** Columns that tell how a credential stands; nobody can import that. */
    static final String STATE = "state.";

    private static final int LONGEST_COLUMN = 80;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final Problems problems;

    CsvInventory(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** One mapping for each row, each value with its place. */
    List<Node> read(String text) {
        List<List<Csv.Cell>> rows = Csv.read(text);
        if (rows.isEmpty()) {
            problems.add(Place.of(file), "", "is empty", "begin with a row of column names: " + columns());
            return List.of();
        }
        List<String> header = header(rows.get(0));
        List<Node> entries = new ArrayList<>();
        for (List<Csv.Cell> row : rows.subList(1, rows.size())) {
            entries.add(entry(header, row));
        }
        return entries;
    }

    private static String columns() {
        return String.join(", ", CredentialFields.ALL);
    }

    private List<String> header(List<Csv.Cell> cells) {
        Set<String> seen = new HashSet<>();
        for (Csv.Cell cell : cells) {
            String column = column(cell);
            if (column.startsWith(STATE)) {
                continue;
            }
            if (!CredentialFields.ALL.contains(column)) {
                problems.add(
                        place(cell), column, "is no column of an import", Suggestion.of(column, CredentialFields.ALL));
            } else if (!seen.add(column)) {
                problems.add(place(cell), column, "is a column twice", "remove one of them");
            }
        }
        if (!seen.contains("name")) {
            problems.add(place(cells.get(0)), "name", "is missing", "the first row names the columns: " + columns());
        }
        return cells.stream().map(CsvInventory::column).toList();
    }

    private static String column(Csv.Cell cell) {
        String column = cell.text().strip().toLowerCase(Locale.ROOT);
        return column.substring(0, Math.min(LONGEST_COLUMN, column.length()));
    }

    private Node entry(List<String> header, List<Csv.Cell> row) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            Csv.Cell cell = row.get(i);
            if (i >= header.size()) {
                problems.add(
                        place(cell),
                        "",
                        "the row has more cells than the first row",
                        "quote cells that hold separators");
                break;
            }
            String column = header.get(i);
            if (!cell.text().isBlank() && CredentialFields.ALL.contains(column)) {
                fields.put(column, value(column, cell));
            }
        }
        Place start = place(row.get(0));
        return new Node.Mapping(start, start, "", fields);
    }

    private Node value(String column, Csv.Cell cell) {
        String text = cell.text();
        JsonNode value = JSON.textNode(text);
        if (CredentialFields.LISTS.contains(column)) {
            value = text.startsWith("[") ? json(column, cell) : list(text);
        } else if (CredentialFields.MAPS.contains(column)) {
            value = text.startsWith("{") ? json(column, cell) : map(column, cell);
        }
        return node(place(cell), column, value);
    }

    private JsonNode json(String column, Csv.Cell cell) {
        try {
            return MAPPER.readTree(cell.text());
        } catch (JsonProcessingException e) {
            problems.add(place(cell), column, "begins like JSON and is none", "write a;b or key=value;key=value");
            return JSON.missingNode();
        }
    }

    private static JsonNode list(String text) {
        var list = JSON.arrayNode();
        parts(text).forEach(list::add);
        return list;
    }

    private JsonNode map(String column, Csv.Cell cell) {
        var map = JSON.objectNode();
        parts(cell.text()).forEach(part -> {
            int equals = part.indexOf('=');
            if (equals < 1) {
                problems.add(place(cell), column, "holds something without '='", "write key=value;key=value");
            } else {
                map.put(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip());
            }
        });
        return map;
    }

    private static Stream<String> parts(String text) {
        return Stream.of(text.split(";", -1)).map(String::strip).filter(part -> !part.isEmpty());
    }

    /** All within a cell stands at its beginning. */
    private static Node node(Place place, String path, JsonNode value) {
        if (value.isObject()) {
            Map<String, Node> fields = new LinkedHashMap<>();
            value.properties()
                    .forEach(entry ->
                            fields.put(entry.getKey(), node(place, path + '.' + entry.getKey(), entry.getValue())));
            return new Node.Mapping(place, place, path, fields);
        }
        if (value.isArray()) {
            List<Node> items = new ArrayList<>();
            value.forEach(item -> items.add(node(place, path + '[' + items.size() + ']', item)));
            return new Node.Sequence(place, place, path, items);
        }
        return new Node.Scalar(place, place, path, value, value.asText());
    }

    private Place place(Csv.Cell cell) {
        return new Place(file, cell.line(), cell.column());
    }

    /** One row for a credential: what {@link #read} takes. */
    static List<String> row(JsonNode credential, Map<String, String> state, List<String> states) {
        Stream<String> fields = CredentialFields.ALL.stream().map(field -> cell(credential.path(field)));
        return Stream.concat(fields, states.stream().map(key -> state.getOrDefault(key, "")))
                .toList();
    }

    private static String cell(JsonNode value) {
        if (value.isArray()) {
            return simple(value)
                    ? stream(value).map(JsonNode::asText).collect(Collectors.joining(";"))
                    : value.toString();
        }
        if (value.isObject()) {
            boolean simple = value.properties().stream()
                    .allMatch(entry ->
                            simple(entry.getKey()) && simple(entry.getValue().asText()));
            return simple
                    ? value.properties().stream()
                            .map(entry ->
                                    entry.getKey() + '=' + entry.getValue().asText())
                            .collect(Collectors.joining(";"))
                    : value.toString();
        }
        return value.asText();
    }

    private static boolean simple(JsonNode list) {
        return stream(list).allMatch(item -> item.isTextual() && simple(item.asText()));
    }

    private static boolean simple(String text) {
        return !text.isEmpty()
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> ";=[]{}\"\n\r".indexOf(c) >= 0);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        List<JsonNode> items = new ArrayList<>();
        list.forEach(items::add);
        return items.stream();
    }
}
