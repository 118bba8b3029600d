package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.port.PolicyExplanations.Origin;
import dev.lockstep.port.PolicyExplanations.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All fields of one policy in the order of the schema, with the schema's defaults for what is left out. */
final class EffectiveFields {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SCHEMA = Kind.POLICY.schema();

    /** What says which policy it is, not what it says. */
    private static final Set<String> HEAD = Set.of("kind", "name", "applies-to");

    private final Schemas schemas;
    private final Node document;
    private final List<Setting> found = new ArrayList<>();

    private EffectiveFields(Schemas schemas, Node document) {
        this.schemas = schemas;
        this.document = document;
    }

    static List<Setting> of(Node document, Schemas schemas) {
        EffectiveFields fields = new EffectiveFields(schemas, document);
        schemas.source(SCHEMA).path("properties").properties().stream()
                .filter(property -> !HEAD.contains(property.getKey()))
                .forEach(property -> fields.look(List.of(property.getKey()), property.getValue()));
        return fields.found;
    }

    private void look(List<String> path, JsonNode rule) {
        Optional<Node> written = document.at(path.toArray(String[]::new));
        JsonNode below = rule.path("properties");
        if (written.isPresent() && (below.isMissingNode() || !(written.get() instanceof Node.Mapping))) {
            add(path, written.get().json(), written);
        } else if (written.isPresent() || rule.path("default").isObject()) {
            below.properties().forEach(property -> look(child(path, property.getKey()), property.getValue()));
        } else if (rule.has("default") && fits(path, rule.path("default"))) {
            add(path, rule.path("default"), written);
        } else if (path.size() == 1) {
            found.add(new Setting(path.get(0), null, Optional.empty()));
        }
    }

    private void add(List<String> path, JsonNode says, Optional<Node> written) {
        found.add(new Setting(
                String.join(".", path),
                MAPPER.convertValue(says, Object.class),
                written.map(Node::place).map(EffectiveFields::origin)));
    }

    static Origin origin(Place place) {
        return new Origin(place.file(), place.line(), place.column());
    }

    /** Not every default goes together with what is written beside it: a key pair has no length. */
    private boolean fits(List<String> path, JsonNode value) {
        ObjectNode whole = (ObjectNode) document.json();
        ObjectNode parent = whole;
        for (String key : path.subList(0, path.size() - 1)) {
            parent = parent.withObjectProperty(key);
        }
        parent.set(path.get(path.size() - 1), value);
        return schemas.follows(SCHEMA, whole);
    }

    private static List<String> child(List<String> path, String key) {
        List<String> child = new ArrayList<>(path);
        child.add(key);
        return child;
    }
}
