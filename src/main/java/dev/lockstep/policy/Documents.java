package dev.lockstep.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sorts documents by kind, holds them against the schema of their kind, and refuses equal names. */
final class Documents {

    private static final String KINDS = "write kind: " + String.join(" or ", Kind.labels());

    /**
     * One document.
     *
     * @param sound whether it follows its schema
     */
    record Document(Node node, boolean sound) {}

    private final Schemas schemas;
    private final Problems problems;
    private final Map<Kind, List<Document>> documents = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, Node>> names = new EnumMap<>(Kind.class);

    Documents(Schemas schemas, Problems problems) {
        this.schemas = schemas;
        this.problems = problems;
    }

    /** Takes one document of a file. */
    void add(Node document) {
        if (!(document instanceof Node.Mapping mapping)) {
            problems.add(document, "a document is a mapping of keys to values", KINDS + " first");
            return;
        }
        Optional<Node> label = mapping.at("kind");
        Optional<Kind> kind = mapping.text("kind").flatMap(Kind::of);
        if (kind.isPresent()) {
            accept(kind.get(), mapping);
        } else if (label.isPresent()) {
            problems.add(label.get(), Echo.of(label.get()) + " is no kind of document", KINDS);
        } else {
            problems.add(document.key(), "kind", "is missing", KINDS);
        }
    }

    private void accept(Kind kind, Node.Mapping document) {
        boolean sound = schemas.check(kind.schema(), document, problems);
        List<Node> single = kind == Kind.CREDENTIAL ? CredentialDocuments.of(document) : List.of(document);
        for (Node node : single) {
            boolean alone = node == document || schemas.check(kind.schema(), node, problems);
            documents.computeIfAbsent(kind, unused -> new ArrayList<>()).add(new Document(node, sound && alone));
            node.at("name").ifPresent(name -> claim(kind, name));
        }
    }

    private void claim(Kind kind, Node name) {
        Optional<String> text = name.text();
        if (text.isPresent()) {
            Node first = names(kind, text.get(), name);
            if (first != name) {
                problems.add(
                        name,
                        "the " + kind.schema() + " " + Echo.of(name) + " is defined already, at " + first.place(),
                        "give one of them another name or remove it");
            }
        }
    }

    private Node names(Kind kind, String text, Node name) {
        Map<String, Node> taken = names.computeIfAbsent(kind, unused -> new LinkedHashMap<>());
        taken.putIfAbsent(text, name);
        return taken.getOrDefault(text, name);
    }

    /** The documents of a kind in the order of files and lines; credentials one by one. */
    List<Document> of(Kind kind) {
        return List.copyOf(documents.getOrDefault(kind, List.of()));
    }

    /** The names of all documents of a kind, whether they are in order or not. */
    Set<String> names(Kind kind) {
        return names.getOrDefault(kind, Map.of()).keySet();
    }
}
