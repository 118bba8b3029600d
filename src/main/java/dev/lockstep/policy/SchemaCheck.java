package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds credentials and identities against the schemas: what they need must be there, and so must what they name. */
final class SchemaCheck {

    private final Map<String, SecretSchema> schemas;
    private final Map<String, Endpoint> targets;
    private final Problems problems;
    private final Map<String, SchemaNeeds> needs = new HashMap<>();

    /**
     * @param schemas by class
     * @param targets by name
     */
    SchemaCheck(Map<String, SecretSchema> schemas, Map<String, Endpoint> targets, Problems problems) {
        this.schemas = schemas;
        this.targets = targets;
        this.problems = problems;
        schemas.forEach((kind, schema) -> needs.put(kind, SchemaNeeds.of(schema)));
    }

    /** Refuses a credential that lacks something. */
    void credential(Credential credential, Node document) {
        lacking(credential).forEach(need -> {
            if (need.ofTarget()) {
                problems.add(document.at("target").orElse(document), need.sentence(credential), advice(need));
            } else {
                Node settings = document.at("settings").orElse(document);
                problems.add(settings.place(), "settings." + need.key(), need.sentence(credential), advice(need));
            }
        });
    }

    /** Refuses schemas that cannot be made of credentials that stand in no file. */
    void issued(List<Credential> issued, List<Documents.Document> documents) {
        for (Credential credential : issued) {
            for (SchemaNeeds.Need need : lacking(credential)) {
                documents.stream()
                        .map(Documents.Document::node)
                        .filter(node -> node.text("name").equals(Optional.of(credential.kind())))
                        .map(node ->
                                SecretSchemaReader.versions(node).lastEntry().getValue())
                        .flatMap(version -> version.at(need.field()).stream())
                        .forEach(field -> problems.add(
                                field,
                                "of " + credential.name() + ", which was issued on request: "
                                        + need.sentence(credential),
                                advice(need)));
            }
        }
    }

    private List<SchemaNeeds.Need> lacking(Credential credential) {
        SchemaNeeds all = needs.get(credential.kind());
        Endpoint target = targets.get(credential.target());
        return all == null || target == null
                ? List.of()
                : all.lacking(new SchemaSources(credential, target)).toList();
    }

    private static String advice(SchemaNeeds.Need need) {
        return "add the setting " + need.key() + (need.ofTarget() ? " to the target" : " to the credential")
                + ", or write ${" + need.name() + ":-otherwise} in the schema";
    }

    /** Refuses an identity that names what is not there. */
    void identity(Node document) {
        Map<String, Node> named = new HashMap<>();
        for (Node node : document.at("schemas").map(Node::children).orElse(List.of())) {
            node.text().filter(text -> text.contains("/")).ifPresent(text -> {
                String kind = text.substring(0, text.indexOf('/'));
                named(kind, text.substring(text.indexOf('/') + 1), node);
                if (named.putIfAbsent(kind, node) != null) {
                    problems.add(node, "names the class " + kind + " a second time", "keep one version of each class");
                }
            });
        }
    }

    private void named(String kind, String version, Node node) {
        SecretSchema schema = schemas.get(kind);
        if (schema == null) {
            problems.add(node, "there is no schema of the class " + kind, Suggestion.of(kind, schemas.keySet()));
        } else if (SchemaVersion.parse(version).filter(schema::has).isEmpty()) {
            problems.add(
                    node,
                    "there is no " + Echo.of(node) + ", but this identity reads it",
                    SecretSchemaReader.known(schema.versions()));
        }
    }
}
