package dev.lockstep.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of a credential as the configuration writes them, in the order in which people read them. */
final class CredentialFields {

    /** All of them; those that hold several values, and those that hold keys with values. */
    static final List<String> ALL = List.of(
            "name",
            "owner",
            "class",
            "target",
            "store",
            "mirrors",
            "principal",
            "principals",
            "settings",
            "policy",
            "consumers",
            "labels",
            "initial",
            "derived-from");

    static final List<String> LISTS = List.of("mirrors", "principals", "consumers", "derived-from");
    static final List<String> MAPS = List.of("settings", "labels");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CredentialFields() {}

    /** What the configuration would say; empty fields are left out. */
    static ObjectNode of(Credential credential) {
        ObjectNode fields = JSON.objectNode();
        fields.put("name", credential.name().value())
                .put("owner", credential.owner())
                .put("class", credential.kind())
                .put("target", credential.target())
                .put("store", credential.store());
        texts(fields, "mirrors", credential.mirrors());
        if (credential.principals().size() == 1) {
            fields.put("principal", credential.principals().get(0));
        } else {
            texts(fields, "principals", credential.principals());
        }
        map(fields, "settings", credential.settings());
        fields.put("policy", credential.policy().name());
        if (!credential.consumers().isEmpty()) {
            var consumers = fields.putArray("consumers");
            credential.consumers().forEach(consumer -> consumers.add(consumer(consumer)));
        }
        map(fields, "labels", credential.labels());
        credential.initial().ifPresent(initial -> fields.put("initial", initial));
        texts(
                fields,
                "derived-from",
                credential.derivedFrom().stream()
                        .map(CredentialName::value)
                        .sorted()
                        .toList());
        return fields;
    }

    private static JsonNode consumer(Consumer consumer) {
        if (consumer.labels().isEmpty()) {
            return JSON.textNode(consumer.name());
        }
        ObjectNode node = JSON.objectNode().put("name", consumer.name());
        map(node, "labels", consumer.labels());
        return node;
    }

    private static void texts(ObjectNode fields, String key, Collection<String> values) {
        if (!values.isEmpty()) {
            var array = fields.putArray(key);
            values.forEach(array::add);
        }
    }

    private static void map(ObjectNode fields, String key, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode map = fields.putObject(key);
            new TreeMap<>(values).forEach(map::put);
        }
    }
}
