package dev.lockstep.process.engine.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields that a form declares at its top level; only those become variables. */
record FormFields(Map<String, FormField> byKey) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final FormFields NONE = new FormFields(Map.of());

    /** Reads a Camunda Form and closes the stream. */
    static FormFields read(InputStream form) {
        try (form) {
            Map<String, FormField> fields = new LinkedHashMap<>();
            for (JsonNode component : JSON.readTree(form).path("components")) {
                FormField.of(component).ifPresent(field -> fields.put(field.key(), field));
            }
            return new FormFields(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("the form of the task cannot be read", e);
        }
    }

    /**
     * What is wrong with the answers as a whole; empty when they are acceptable.
     *
     * @param current the values that the process has now
     */
    Optional<String> complaint(Map<String, @Nullable Object> answers, Function<String, @Nullable Object> current) {
        Stream<String> undeclared = answers.keySet().stream()
                .filter(name -> !byKey.containsKey(name))
                .map(name -> "'" + name + "' is not a field of this task's form"
                        + (byKey.isEmpty() ? ", which has none" : "; it has " + byKey.keySet()));
        Stream<String> unacceptable = byKey.values().stream()
                .flatMap(
                        field -> field
                                .complaint(answers.get(field.key()), field.shown() ? current.apply(field.key()) : null)
                                .stream());
        return Stream.concat(undeclared, unacceptable).findFirst();
    }
}
