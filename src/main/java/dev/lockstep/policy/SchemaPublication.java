package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses schemas that would change what is published: readers move to another version, and no version moves away from
 * under its readers.
 */
final class SchemaPublication {

    /** What readers of a class without a schema get. */
    private static final Map<String, String> PLAIN = Map.of(
            SchemaSources.USERNAME, "${" + SchemaSources.USERNAME + "}",
            SchemaSources.PASSWORD, "${" + SchemaSources.PASSWORD + "}");

    private final PublishedSchemas published;
    private final Map<String, SecretSchema> next;
    private final Problems problems;

    /** @param next the schemas that would come into force, by class */
    SchemaPublication(PublishedSchemas published, Map<String, SecretSchema> next, Problems problems) {
        this.published = published;
        this.next = next;
        this.problems = problems;
    }

    /**
     * Checks everything about schemas that can be checked when all documents were read.
     *
     * @param identities that would come into force
     * @param credentials that would come into force, without those that were issued on request
     */
    void check(
            Documents documents,
            SchemaCheck check,
            Map<String, Identity> identities,
            Map<CredentialName, Credential> credentials) {
        documents.of(Kind.IDENTITY).forEach(document -> check.identity(document.node()));
        documents.of(Kind.SECRET_SCHEMA).forEach(document -> schema(document.node()));
        List<Credential> issued = published.issued().stream()
                .filter(credential -> !credentials.containsKey(credential.name()))
                .toList();
        check.issued(issued, documents.of(Kind.SECRET_SCHEMA));
        List<Credential> all =
                Stream.concat(credentials.values().stream(), issued.stream()).toList();
        usual(documents.of(Kind.IDENTITY), identities, all);
    }

    /** Holds the document of a schema against the one in force. */
    private void schema(Node document) {
        String kind = document.text("name").orElse("");
        SecretSchema former = published.schemas().get(kind);
        SecretSchema now = next.get(kind);
        if (former == null || now == null) {
            return;
        }
        NavigableMap<SchemaVersion, Node.Mapping> nodes = SecretSchemaReader.versions(document);
        SchemaVersion newest = former.newest();
        if (!now.has(newest)) {
            Node versions = document.at("versions").orElse(document);
            problems.add(
                    versions,
                    newest + " is missing, the newest that is published",
                    "keep it; after it was followed by another version it can be left out");
        }
        nodes.forEach((version, node) -> {
            if (former.has(version)) {
                same(former, now, version, node);
            } else if (version.compareTo(newest) < 0) {
                problems.add(
                        node,
                        version + " is older than the newest that is published, " + newest,
                        "call it v" + (Math.max(newest.number(), now.newest().number()) + 1));
            }
        });
    }

    private void same(SecretSchema former, SecretSchema now, SchemaVersion version, Node.Mapping node) {
        Map<String, String> before = RenderedSchema.meanings(former, version);
        Map<String, String> after = RenderedSchema.meanings(now, version);
        String published = version.of(now.kind()) + " is published";
        String advice = "leave it as it was and write a new version, v"
                + (Math.max(former.newest().number(), now.newest().number()) + 1);
        before.keySet().stream()
                .filter(field -> !after.containsKey(field))
                .forEach(field -> problems.add(
                        node.key(), node.child(field), "is missing, but " + published + " with it", advice));
        after.forEach((field, meaning) -> {
            Node value = node.at(field).orElse(node);
            if (!before.containsKey(field)) {
                problems.add(value, "is new, but " + published + " without it", advice);
            } else if (!meaning.equals(before.get(field))) {
                problems.add(value, "would have another value, but " + published, advice);
            }
        });
    }

    /** Refuses to take fields away from those who have never named a version. */
    private void usual(
            List<Documents.Document> documents, Map<String, Identity> identities, Collection<Credential> credentials) {
        Set<String> kinds = new TreeSet<>(published.schemas().keySet());
        kinds.addAll(next.keySet());
        for (String kind : kinds) {
            Set<String> lost = lost(kind);
            if (!lost.isEmpty()) {
                documents.forEach(document -> usual(document.node(), identities, credentials, kind, lost));
            }
        }
    }

    private Set<String> lost(String kind) {
        Map<String, String> lost = new TreeMap<>(usual(published.schemas().get(kind)));
        lost.entrySet().removeAll(usual(next.get(kind)).entrySet());
        return lost.keySet();
    }

    private static Map<String, String> usual(@Nullable SecretSchema schema) {
        SecretSchema meant = schema == null ? plain() : schema;
        return RenderedSchema.meanings(meant, meant.usual());
    }

    private static SecretSchema plain() {
        SchemaVersion only = new SchemaVersion(1);
        return new SecretSchema("", only, new TreeMap<>(Map.of(only, PLAIN)));
    }

    private void usual(
            Node document,
            Map<String, Identity> identities,
            Collection<Credential> credentials,
            String kind,
            Set<String> lost) {
        Identity now = identities.get(document.text("name").orElse(""));
        Identity former = now == null ? null : published.identities().get(now.name());
        if (now == null || former == null || named(now, kind) || named(former, kind)) {
            return;
        }
        credentials.stream()
                .filter(credential ->
                        credential.kind().equals(kind) && now.reads().allow(credential))
                .findFirst()
                .ifPresent(credential -> problems.add(
                        document.at("name").orElse(document).place(),
                        "schemas",
                        "names no version of the class " + kind + ", and would not get " + String.join(", ", lost)
                                + " of " + credential.name() + " any more as it does now",
                        advice(kind)));
    }

    private static boolean named(Identity identity, String kind) {
        return identity.schemas().containsKey(kind);
    }

    private String advice(String kind) {
        SecretSchema former = published.schemas().get(kind);
        return former == null
                ? "let the default version have username and password as they are, or name a version here"
                : "leave the default of the schema as it was, or write schemas: ["
                        + former.usual().of(kind) + "]";
    }
}
