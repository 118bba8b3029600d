package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Channel;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.Target;
import dev.lockstep.target.postgresql.PostgresqlTargetAdapter;
import dev.lockstep.testing.Loopback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The published schemas, a configuration that consists of their examples, and changes of one value in it. */
final class SchemaStand {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path SCHEMAS = Path.of("config/schemas");
    private static final String ACCOUNT = "/$defs/account";

    /**
     * A schema and the documents in which it counts.
     *
     * @param name of its file, without {@code .json}
     * @param below where in a document it counts: nowhere or {@code settings}
     */
    record Published(String name, JsonNode schema, List<String> below, List<ObjectNode> examples) {

        List<SchemaFields.Field> fields() {
            return SchemaFields.of(schema);
        }

        String path(List<String> path) {
            StringBuilder text = new StringBuilder();
            Stream.concat(below.stream(), path.stream()).forEach(key -> {
                if (key.startsWith("[")) {
                    text.append(key);
                } else {
                    text.append(text.isEmpty() ? "" : ".").append(key);
                }
            });
            return text.toString();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A document with a place in it that is to be changed: the parent, and the path of the parent. */
    record Changed(ObjectNode document, JsonNode parent, List<String> path) {}

    /** All schemas: of the kinds, of the settings of endpoints, and of the settings of accounts. */
    static List<Published> published() {
        List<Published> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            JsonNode schema = read(kind.schema());
            all.add(new Published(kind.schema(), schema, List.of(), examples(schema)));
        }
        for (String name : names()) {
            for (Kind kind : List.of(Kind.TARGET, Kind.STORE, Kind.CHANNEL, Kind.SIGNAL_SOURCE)) {
                if (name.startsWith(kind.schema() + '-')) {
                    all.addAll(settings(kind, name));
                }
            }
        }
        return all;
    }

    /** The names of all files with schemas. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(String name) {
        try {
            return MAPPER.readTree(SCHEMAS.resolve(name + ".json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Published> settings(Kind kind, String name) {
        JsonNode schema = read(name);
        String type = name.substring(kind.schema().length() + 1);
        List<Published> both = new ArrayList<>();
        both.add(new Published(
                name,
                schema,
                List.of("settings"),
                examples(schema).stream()
                        .map(settings -> endpoint(kind, name, type, settings))
                        .toList()));
        JsonNode account = schema.at(ACCOUNT);
        if (!account.isMissingNode()) {
            both.add(new Published(
                    name + "#account",
                    account,
                    List.of("settings"),
                    examples(account).stream()
                            .map(settings -> credential(name, settings))
                            .toList()));
        }
        return both;
    }

    private static ObjectNode endpoint(Kind kind, String name, String type, ObjectNode settings) {
        ObjectNode document = object().put(
                        "kind", read(kind.schema()).at("/properties/kind/const").asText())
                .put("name", "example-" + name)
                .put("type", type);
        if (type.equals("kubernetes")) {
            document.put("consumer", "example");
        }
        return document.set("settings", settings);
    }

    private static ObjectNode credential(String target, ObjectNode settings) {
        return object().put("kind", "Credential")
                .put("name", "prod/example/system/" + target)
                .put("owner", "examples")
                .put("class", "database-user")
                .put("target", "example-" + target)
                .put("store", "embedded")
                .put("principal", "example")
                .put("policy", "monthly-in-place")
                .set("settings", settings);
    }

    private static List<ObjectNode> examples(JsonNode schema) {
        List<ObjectNode> examples = new ArrayList<>();
        schema.path("examples").forEach(example -> examples.add((ObjectNode) example));
        return examples;
    }

    /** The examples of all schemas as one configuration; one file for each. */
    static ConfigurationDirectory write(Path root) {
        return new ConfigurationDirectory(root);
    }

    /** A configuration of examples in which single files can be exchanged for a moment. */
    static final class ConfigurationDirectory {

        private final ConfigDir directory;
        private final ConfigurationLoader loader;

        ConfigurationDirectory(Path root) {
            directory = new ConfigDir(root);
            for (Published schema : published()) {
                for (int i = 0; i < schema.examples().size(); i++) {
                    directory.file(
                            file(schema, i),
                            WrittenDocument.of(schema.examples().get(i)).text());
                }
            }
            loader = new ConfigurationLoader(targets(), stores(), channels(), ConfigDir.SOURCES, Duration.ofMinutes(1));
        }

        Snapshot load() {
            return loader.load(directory.root().toString(), ConfigDir.NOW);
        }

        /** What is said about a document in the place of one of the examples; nothing when it is accepted. */
        List<ConfigurationError> refusals(Published schema, int example, WrittenDocument document) {
            String file = file(schema, example);
            directory.file(file, document.text());
            try {
                load();
                return List.of();
            } catch (ConfigurationErrors refused) {
                String whole = directory.root().resolve(file).toString();
                return refused.errors().stream()
                        .filter(error -> error.file().equals(whole))
                        .toList();
            } finally {
                directory.file(
                        file, WrittenDocument.of(schema.examples().get(example)).text());
            }
        }

        private static String file(Published schema, int example) {
            return "targets/" + schema.name().replace('#', '-') + '-' + example + ".yaml";
        }
    }

    private static Adapters<Target> targets() {
        Map<String, Function<Endpoint, Target>> openers = new TreeMap<>();
        types(Kind.TARGET).forEach(type -> openers.put(type, endpoint -> new InertTarget()));
        openers.put(
                "postgresql",
                endpoint -> new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED).open(endpoint));
        return new Adapters<>("target", openers);
    }

    private static Adapters<SecretStore> stores() {
        Map<String, Function<Endpoint, SecretStore>> openers = new TreeMap<>();
        types(Kind.STORE).forEach(type -> openers.put(type, endpoint -> new InertStore()));
        openers.put("embedded", endpoint -> new InertStore());
        return new Adapters<>("store", openers);
    }

    private static Adapters<Channel> channels() {
        return ConfigDir.CHANNELS;
    }

    private static Stream<String> types(Kind kind) {
        String prefix = kind.schema() + '-';
        return names().stream().filter(name -> name.startsWith(prefix)).map(name -> name.substring(prefix.length()));
    }

    /** Which example has the field, counted from 0; empty when none has. */
    static Optional<Integer> exampleWith(Published schema, List<String> path) {
        for (int i = 0; i < schema.examples().size(); i++) {
            if (exists(settingsOf(schema, schema.examples().get(i)), path)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Whether an example has the field, or another one that follows the same rules. */
    static boolean isShown(Published schema, SchemaFields.Field field) {
        return schema.fields().stream()
                .filter(other -> other.rules().stream().anyMatch(field.rules()::contains))
                .anyMatch(alike -> exampleWith(schema, alike.path()).isPresent());
    }

    /** The nearest example: the one that has the field, or most of the way to it. */
    static int nearestExample(Published schema, List<String> path) {
        for (int length = path.size(); length > 0; length--) {
            Optional<Integer> found = exampleWith(schema, path.subList(0, length));
            if (found.isPresent()) {
                return found.get();
            }
        }
        return 0;
    }

    private static JsonNode settingsOf(Published schema, JsonNode document) {
        JsonNode node = document;
        for (String key : schema.below()) {
            node = node.path(key);
        }
        return node;
    }

    private static boolean exists(JsonNode node, List<String> path) {
        if (path.isEmpty()) {
            return !node.isMissingNode();
        }
        List<String> rest = path.subList(1, path.size());
        return switch (path.get(0)) {
            case SchemaFields.ITEM, SchemaFields.ANY_KEY -> stream(node).anyMatch(child -> exists(child, rest));
            default -> node.has(path.get(0)) && exists(node.path(path.get(0)), rest);
        };
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        return children.stream();
    }

    /** A copy of an example in which all parents of a field exist; where they are missing, they are made, empty. */
    static Changed with(Published schema, int example, List<String> path) {
        ObjectNode document = schema.examples().get(example).deepCopy();
        List<String> whole =
                Stream.concat(schema.below().stream(), path.stream()).toList();
        JsonNode parent = document;
        List<String> real = new ArrayList<>();
        for (int i = 0; i < whole.size() - 1; i++) {
            String key = concrete(parent, whole.get(i), whole.subList(i + 1, whole.size()));
            real.add(key);
            parent = child(parent, key, whole.get(i + 1));
        }
        if (!whole.isEmpty()) {
            real.add(concrete(parent, whole.get(whole.size() - 1), List.of()));
        }
        return new Changed(document, parent, real);
    }

    private static String concrete(JsonNode parent, String key, List<String> rest) {
        if (key.equals(SchemaFields.ITEM)) {
            for (int i = 0; i < parent.size(); i++) {
                if (exists(parent.get(i), rest)) {
                    return "[" + i + "]";
                }
            }
            return "[0]";
        }
        if (key.equals(SchemaFields.ANY_KEY)) {
            return parent.isEmpty() ? "some-key" : parent.fieldNames().next();
        }
        return key;
    }

    private static JsonNode child(JsonNode parent, String key, String next) {
        boolean list = next.equals(SchemaFields.ITEM);
        JsonNode child = key.startsWith("[") ? parent.path(index(key)) : parent.path(key);
        if (list ? child.isArray() : child.isObject()) {
            return child;
        }
        JsonNode made = list ? JsonNodeFactory.instance.arrayNode() : object();
        put(parent, key, made);
        return made;
    }

    static void put(JsonNode parent, String key, JsonNode value) {
        if (parent instanceof ArrayNode array) {
            int index = index(key);
            if (index < array.size()) {
                array.set(index, value);
            } else {
                array.add(value);
            }
        } else {
            ((ObjectNode) parent).set(key, value);
        }
    }

    private static int index(String key) {
        return Integer.parseInt(key.substring(1, key.length() - 1));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The path as messages write it. */
    static String text(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String key : path) {
            text.append(key.startsWith("[") || text.isEmpty() ? "" : ".").append(key);
        }
        return text.toString();
    }

    static List<String> join(List<String> path, String key) {
        List<String> longer = new ArrayList<>(path);
        longer.addAll(Arrays.asList(key));
        return longer;
    }
}
