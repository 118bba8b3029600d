package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schemas on the class path, which are also what editors use; checks documents against them. */
final class Schemas {

    /** Follows the name of a schema when what it says about single accounts is meant. */
    static final String ACCOUNT = "#account";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Loaded(Schema schema, JsonNode source) {}

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Optional<Loaded>> loaded = new ConcurrentHashMap<>();

    /** Whether there is a schema of that name, for example {@code target-postgresql}. */
    boolean has(String name) {
        return load(name).isPresent();
    }

    /** Reports everything about the node that the schema does not allow; returns whether there was nothing. */
    boolean check(String name, Node node, Problems problems) {
        Loaded schema = known(name);
        SchemaMessages messages = new SchemaMessages(schema.source(), node, problems);
        List<Error> errors = schema.schema().validate(node.json());
        errors.forEach(messages::add);
        return errors.isEmpty();
    }

    /** Whether the value follows the schema. */
    boolean follows(String name, JsonNode value) {
        return known(name).schema().validate(value).isEmpty();
    }

    /** The schema itself. */
    JsonNode source(String name) {
        return known(name).source();
    }

    private Loaded known(String name) {
        return load(name).orElseThrow(() -> new IllegalArgumentException("no schema " + name));
    }

    private Optional<Loaded> load(String name) {
        return loaded.computeIfAbsent(name, this::read);
    }

    private Optional<Loaded> read(String name) {
        boolean account = name.endsWith(ACCOUNT);
        String file = account ? name.substring(0, name.length() - ACCOUNT.length()) : name;
        try (InputStream in = Schemas.class.getResourceAsStream("/schemas/" + file + ".json")) {
            if (in == null) {
                return Optional.empty();
            }
            JsonNode source = MAPPER.readTree(in).at(account ? "/$defs/account" : "");
            if (source.isMissingNode()) {
                return Optional.empty();
            }
            return Optional.of(new Loaded(registry.getSchema(source), source));
        } catch (IOException e) {
            throw new UncheckedIOException("schema " + name + " cannot be read", e);
        }
    }
}
