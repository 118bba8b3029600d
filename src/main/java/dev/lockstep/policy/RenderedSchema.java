package dev.lockstep.policy;

import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The fields of a version of a schema: the newest is made first, and each older one from the next newer. */
final class RenderedSchema {

    private RenderedSchema() {}

    /**
     * The fields with their values, in their order.
     *
     * @param sources what the newest version is made of; null for what is not there
     * @throws IllegalArgumentException with the name of a variable that is not there
     */
    static Map<String, String> values(
            SecretSchema schema, SchemaVersion wanted, UnaryOperator<@Nullable String> sources) {
        return rendered(schema, wanted, template -> SchemaTemplate.fill(template, sources));
    }

    /** The fields with their {@linkplain SchemaTemplate#meaning meanings}. */
    static Map<String, String> meanings(SecretSchema schema, SchemaVersion wanted) {
        return rendered(schema, wanted, SchemaTemplate::meaning);
    }

    private static Map<String, String> rendered(
            SecretSchema schema, SchemaVersion wanted, UnaryOperator<String> newest) {
        Map<String, String> fields = Map.of();
        UnaryOperator<String> maker = newest;
        for (Map<String, String> templates :
                schema.versions().tailMap(wanted, true).descendingMap().values()) {
            fields = made(templates, maker);
            Map<String, String> newer = fields;
            maker = template -> SchemaTemplate.fill(template, newer::get);
        }
        return fields;
    }

    private static Map<String, String> made(Map<String, String> templates, UnaryOperator<String> maker) {
        Map<String, String> fields = new LinkedHashMap<>();
        templates.forEach((field, template) -> fields.put(field, maker.apply(template)));
        return fields;
    }
}
