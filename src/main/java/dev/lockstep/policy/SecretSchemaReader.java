package dev.lockstep.policy;

import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads documents of the kind {@code SecretSchema}. */
final class SecretSchemaReader {

    private static final List<String> SOURCES = List.of(
            SchemaSources.USERNAME,
            SchemaSources.PASSWORD,
            SchemaSources.TARGET + "host",
            SchemaSources.ACCOUNT + "database");

    private final Problems problems;

    SecretSchemaReader(Problems problems) {
        this.problems = problems;
    }

    /** The schema; empty when anything about it was refused. */
    Optional<SecretSchema> read(Documents.Document read) {
        int before = problems.reported();
        if (!read.sound()) {
            return Optional.empty();
        }
        Node document = read.node();
        NavigableMap<SchemaVersion, Node.Mapping> nodes = versions(document);
        NavigableMap<SchemaVersion, Map<String, String>> versions = new TreeMap<>();
        @Nullable Set<String> newer = null;
        for (Map.Entry<SchemaVersion, Node.Mapping> each : nodes.descendingMap().entrySet()) {
            Set<String> known = newer;
            each.getValue().fields().values().forEach(field -> check(field, known));
            newer = each.getValue().fields().keySet();
            versions.put(each.getKey(), Settings.texts(each.getValue()));
        }
        SchemaVersion usual =
                document.text("default").flatMap(SchemaVersion::parse).orElse(versions.firstKey());
        if (!versions.containsKey(usual)) {
            Node node = document.at("default").orElseThrow();
            problems.add(node, "there is no version " + Echo.of(node), known(versions));
        }
        return problems.reported() > before
                ? Optional.empty()
                : Optional.of(new SecretSchema(document.text("name").orElseThrow(), usual, versions));
    }

    static NavigableMap<SchemaVersion, Node.Mapping> versions(Node document) {
        NavigableMap<SchemaVersion, Node.Mapping> versions = new TreeMap<>();
        if (document.at("versions").orElse(null) instanceof Node.Mapping mapping) {
            mapping.fields()
                    .forEach((name, node) -> SchemaVersion.parse(name)
                            .filter(version -> node instanceof Node.Mapping)
                            .ifPresent(version -> versions.put(version, (Node.Mapping) node)));
        }
        return versions;
    }

    /** Advice about versions. */
    static String known(NavigableMap<SchemaVersion, ?> versions) {
        return "known: "
                + String.join(
                        ", ",
                        versions.keySet().stream().map(SchemaVersion::toString).toList());
    }

    /** @param newer the fields of the next newer version; null in the newest */
    private void check(Node field, @Nullable Set<String> newer) {
        String template = field instanceof Node.Scalar scalar ? scalar.text() : "";
        Optional<String> objection = SchemaTemplate.objection(template);
        if (objection.isPresent()) {
            problems.add(field, objection.get(), SchemaTemplate.FORMS);
            return;
        }
        for (SchemaTemplate.Variable variable : SchemaTemplate.variables(template)) {
            String name = variable.name();
            if (newer == null ? !SchemaSources.isKnown(name) : !newer.contains(name)) {
                unknown(field, name, newer);
            } else if (variable.otherwise() != null && (newer != null || !SchemaSources.isSetting(name))) {
                problems.add(
                        field,
                        "'" + name + "' is always there, so nothing can stand in its place",
                        "write ${" + name + "}; only a setting may be missing");
            }
        }
    }

    private void unknown(Node field, String name, @Nullable Set<String> newer) {
        if (newer != null) {
            problems.add(field, "the next newer version has no field '" + name + "'", Suggestion.of(name, newer));
        } else if (SchemaSources.isSetting(name)) {
            problems.add(
                    field,
                    "'" + name + "' is a secret of Lockstep's own",
                    "readers may see settings that are no secrets only");
        } else {
            problems.add(
                    field,
                    "there is nothing that is called '" + name + "'",
                    Suggestion.of(name, SOURCES) + ", and every other setting of target and account");
        }
    }
}
