package dev.lockstep.signal.scan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lockstep.domain.SecretValue;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of a finding that are needed, wherever they stand in it; all others are skipped. */
final class FlatObject {

    private static final int LONGEST = 500;
    private static final Set<String> SECRETS = Set.of("Secret", "Raw", "RawV2");
    private static final Set<String> TEXTS = Set.of(
            "RuleID",
            "File",
            "StartLine",
            "Commit",
            "Link",
            "DetectorName",
            "file",
            "line",
            "repository",
            "link",
            "bucket",
            "image",
            "location");

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, SecretValue> secrets = new HashMap<>();

    private FlatObject() {}

    static FlatObject read(JsonParser parser) throws IOException {
        FlatObject object = new FlatObject();
        object.fields(parser);
        return object;
    }

    private void fields(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                fields(parser);
            } else if (value == JsonToken.START_ARRAY) {
                parser.skipChildren();
            } else if (SECRETS.contains(name) && value == JsonToken.VALUE_STRING) {
                if (parser.getTextLength() > 0) {
                    secrets.putIfAbsent(name, SecretValue.of(parser.getText()));
                }
            } else if (TEXTS.contains(name) && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                texts.putIfAbsent(name, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
            }
        }
    }

    ScanFinding gitleaks() {
        return finding(text("RuleID"), at(text("File"), text("StartLine")), texts.get("Link"));
    }

    ScanFinding truffleHog() {
        String where = Stream.of("file", "location", "bucket", "image")
                .map(this::text)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String repository = text("repository");
        String place = repository.isEmpty() || where.isEmpty() ? repository + where : repository + ' ' + where;
        return finding(text("DetectorName"), at(place, text("line")), texts.get("link"));
    }

    private ScanFinding finding(String rule, String place, @Nullable String link) {
        List<SecretValue> values = List.copyOf(secrets.values());
        // Where the value itself stands in the place, the place is not told.
        boolean told = values.stream().noneMatch(value -> Shown.holds(rule + '\n' + place, value));
        return new ScanFinding(
                told ? Shown.plain(rule) : "", told ? Shown.plain(place) : "", told ? link : null, values);
    }

    private static String at(String place, String line) {
        return line.isEmpty() || line.equals("0") ? place : place + ':' + line;
    }

    private String text(String name) {
        return texts.getOrDefault(name, "");
    }
}
