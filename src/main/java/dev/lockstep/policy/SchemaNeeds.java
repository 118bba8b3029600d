package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.SecretSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The settings without which no version of a schema can be made of a credential. */
final class SchemaNeeds {

    /**
     * A setting that must be there.
     *
     * @param version the newest version of the schema with its class
     * @param field the first field of it that needs the setting
     * @param name of the setting, with {@code target.} or {@code account.} before it
     */
    record Need(String version, String field, String name) {

        boolean ofTarget() {
            return name.startsWith(SchemaSources.TARGET);
        }

        /** The key below {@code settings}. */
        String key() {
            return name.substring(name.indexOf('.') + 1);
        }

        String sentence(Credential credential) {
            return ofTarget()
                    ? "the target " + credential.target() + " has no setting " + key() + " that readers may see, but "
                            + version + " needs it for " + field
                    : "there is no setting " + key() + " that readers may see, but " + version + " needs it for "
                            + field;
        }
    }

    private final List<Need> needs = new ArrayList<>();

    private SchemaNeeds() {}

    static SchemaNeeds of(SecretSchema schema) {
        SchemaNeeds all = new SchemaNeeds();
        String newest = schema.newest().of(schema.kind());
        schema.versions()
                .lastEntry()
                .getValue()
                .forEach((field, template) -> SchemaTemplate.variables(template).stream()
                        .filter(variable -> SchemaSources.isSetting(variable.name()) && variable.otherwise() == null)
                        .map(variable -> new Need(newest, field, variable.name()))
                        .filter(need -> all.needs.stream()
                                .noneMatch(known -> known.name().equals(need.name())))
                        .forEach(all.needs::add));
        return all;
    }

    /** Those that are not there. */
    Stream<Need> lacking(SchemaSources sources) {
        return needs.stream().filter(need -> sources.setting(need.name()).isEmpty());
    }
}
