package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns a list of credentials with defaults into single documents, each value with its own place. */
final class CredentialDocuments {

    private static final Set<String> MERGED = Set.of("settings", "labels");

    private CredentialDocuments() {}

    /** The single documents of a document of the kind {@code Credential}. */
    static List<Node> of(Node.Mapping document) {
        Optional<Node> defaults = document.at("defaults");
        Optional<Node> list = document.at("credentials");
        if (defaults.isEmpty() && list.isEmpty()) {
            return List.of(document);
        }
        List<Node> single = new ArrayList<>();
        for (Node entry :
                list.filter(Node.Sequence.class::isInstance).map(Node::children).orElse(List.of())) {
            if (entry instanceof Node.Mapping mapping) {
                Map<String, Node> fields = new LinkedHashMap<>();
                document.at("kind").ifPresent(kind -> fields.put("kind", kind));
                fields.putAll(merged(defaults, mapping).fields());
                single.add(new Node.Mapping(mapping.place(), mapping.key(), mapping.path(), fields));
            }
        }
        return single;
    }

    /** Whether the text is the name of a credential. */
    static boolean isName(String text) {
        try {
            return text.equals(CredentialName.of(text).value());
        } catch (InvalidInput e) {
            return false;
        }
    }

    private static Node.Mapping merged(Optional<Node> defaults, Node.Mapping entry) {
        if (!(defaults.orElse(null) instanceof Node.Mapping common)) {
            return entry;
        }
        Map<String, Node> fields = new LinkedHashMap<>(common.fields());
        entry.fields().forEach((key, value) -> {
            boolean both = MERGED.contains(key) && value instanceof Node.Mapping;
            fields.put(key, both ? merged(common.at(key), (Node.Mapping) value) : value);
        });
        return new Node.Mapping(entry.place(), entry.key(), entry.path(), fields);
    }
}
