package dev.lockstep.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sorts documents by kind, holds them against the schema of their kind, and refuses equal names. Credentials may be
 * many: they are passed on one by one, in a second run over the files, and not kept.
 */
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
    private final Map<Kind, Map<String, Place>> names = new EnumMap<>(Kind.class);
    private @Nullable Consumer<Document> credentials;

    Documents(Schemas schemas, Problems problems) {
        this.schemas = schemas;
        this.problems = problems;
    }

    /** From now on credentials are passed on; other documents were there in the first run already. */
    void passOn(Consumer<Document> reader) {
        credentials = reader;
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
        if ((kind == Kind.CREDENTIAL) != (credentials != null)) {
            return;
        }
        boolean sound = schemas.check(kind.schema(), document, problems);
        List<Node> single = kind == Kind.CREDENTIAL ? CredentialDocuments.of(document) : List.of(document);
        for (Node node : single) {
            boolean alone = node == document || schemas.check(kind.schema(), node, problems);
            node.at("name").ifPresent(name -> claim(kind, name));
            Document read = new Document(node, sound && alone);
            if (credentials == null) {
                documents.computeIfAbsent(kind, unused -> new ArrayList<>()).add(read);
            } else {
                credentials.accept(read);
            }
        }
    }

    private void claim(Kind kind, Node name) {
        Optional<String> text = name.text();
        if (text.isPresent()) {
            @Nullable
            Place first =
                    names.computeIfAbsent(kind, unused -> new LinkedHashMap<>()).putIfAbsent(text.get(), name.place());
            if (first != null) {
                problems.add(
                        name,
                        "the " + kind.schema() + " " + Echo.of(name) + " is defined already, at " + first,
                        "give one of them another name or remove it");
            }
        }
    }

    /** The documents of a kind in the order of files and lines; none of credentials. */
    List<Document> of(Kind kind) {
        return List.copyOf(documents.getOrDefault(kind, List.of()));
    }

    /** The names of all documents of a kind, whether they are in order or not. */
    Set<String> names(Kind kind) {
        return names.getOrDefault(kind, Map.of()).keySet();
    }
}
