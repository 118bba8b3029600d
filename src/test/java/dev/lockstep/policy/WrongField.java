package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;

/** Writes every kind of wrong value into one field of an example, and looks at what is said about it. */
final class WrongField {

    private static final Duration AT_MOST = Duration.ofSeconds(1);

    private final SchemaStand.ConfigurationDirectory directory;
    private final SchemaStand.Published schema;
    private final SchemaFields.Field field;
    private final SoftAssertions softly = new SoftAssertions();
    private int tried;

    WrongField(SchemaStand.ConfigurationDirectory directory, SchemaStand.Published schema, SchemaFields.Field field) {
        this.directory = directory;
        this.schema = schema;
        this.field = field;
    }

    void tryAll() {
        assertThat(schema.examples())
                .as(schema + " needs examples of whole documents")
                .isNotEmpty();
        if (!field.path().isEmpty()) {
            WrongValues.of(field).forEach(this::value);
        }
        WrongValues.keys(field).forEach(this::key);
        WrongValues.required(field).forEach(this::missing);
        softly.assertAll();
        assertThat(tried)
                .as(schema + ", field " + field + " allows everything: give it a type, pattern, enum or range")
                .isPositive();
    }

    private void value(String rule, JsonNode wrong) {
        int example = SchemaStand.nearestExample(schema, field.path());
        SchemaStand.Changed changed = SchemaStand.with(schema, example, field.path());
        SchemaStand.put(changed.parent(), last(changed), wrong);
        WrittenDocument written = WrittenDocument.of(changed.document());
        String path = SchemaStand.text(changed.path());
        expect(rule, example, written, path, written.placeOfValue(path));
    }

    private void key(String rule, String key) {
        List<String> path = SchemaStand.join(field.path(), key);
        int example = SchemaStand.nearestExample(schema, field.path());
        SchemaStand.Changed changed = SchemaStand.with(schema, example, path);
        SchemaStand.put(changed.parent(), key, likeItsSiblings(changed.parent()));
        WrittenDocument written = WrittenDocument.of(changed.document());
        String text = SchemaStand.text(changed.path());
        expect(rule, example, written, text, written.placeOfKey(text));
    }

    /** So that nothing but the key is wrong, where keys are of one's own choice. */
    private static JsonNode likeItsSiblings(JsonNode parent) {
        JsonNode sibling =
                parent.path(parent.isEmpty() ? "" : parent.fieldNames().next());
        return sibling.isObject() ? sibling.deepCopy() : JsonNodeFactory.instance.textNode("x");
    }

    private void missing(String key) {
        List<String> path = SchemaStand.join(field.path(), key);
        int example = SchemaStand.nearestExample(schema, path);
        SchemaStand.Changed changed = SchemaStand.with(schema, example, path);
        ((ObjectNode) changed.parent()).remove(key);
        WrittenDocument written = WrittenDocument.of(changed.document());
        List<String> parent = changed.path().subList(0, changed.path().size() - 1);
        boolean listed = !parent.isEmpty() && parent.get(parent.size() - 1).startsWith("[");
        String around = SchemaStand.text(parent);
        String place = parent.isEmpty() || listed ? written.placeOfValue(around) : written.placeOfKey(around);
        expect(key + " left out", example, written, SchemaStand.text(changed.path()), place);
    }

    private void expect(String rule, int example, WrittenDocument written, String path, String place) {
        tried++;
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        List<ConfigurationError> errors = directory.refusals(schema, example, written);
        long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        String wrong = schema + ", field " + path + ", " + rule;
        List<ConfigurationError> here =
                errors.stream().filter(error -> error.field().equals(path)).toList();
        softly.assertThat(here)
                .as(wrong + " must be refused, naming the field; said was " + errors)
                .isNotEmpty();
        for (ConfigurationError error : here) {
            softly.assertThat(error.line() + ":" + error.column())
                    .as(wrong + ": line and column of " + error)
                    .isEqualTo(place);
            softly.assertThat(error.problem()).as(wrong).isNotBlank();
            softly.assertThat(error.advice())
                    .as(wrong + " needs a hint: give the field a description in the schema")
                    .isNotBlank()
                    .isNotEqualTo("add it")
                    .doesNotContain("see docs/");
        }
        softly.assertThat(Duration.ofNanos(took))
                .as(wrong + ": time to refuse it")
                .isLessThan(AT_MOST);
    }

    private static String last(SchemaStand.Changed changed) {
        List<String> path = new ArrayList<>(changed.path());
        return path.get(path.size() - 1);
    }
}
