package dev.lockstep.delivery;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.SecretSchemas;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives each reader a value in the version of the schema that it asks for. */
final class Shapes {

    private final SecretSchemas schemas;
    private final Catalog catalog;

    Shapes(SecretSchemas schemas, Catalog catalog) {
        this.schemas = schemas;
        this.catalog = catalog;
    }

    /**
     * The form in which a reader gets a credential.
     *
     * @param schema of the class of the credential; null when it has none
     * @param version null when there is no schema
     */
    record Shape(@Nullable SecretSchema schema, @Nullable SchemaVersion version) {

        /** What is told of it, for {@code custom_metadata}; nothing where there is no schema. */
        Map<String, String> facts() {
            if (schema == null || version == null) {
                return Map.of();
            }
            Map<String, String> facts = new LinkedHashMap<>();
            facts.put("schema", version.of(schema.kind()));
            facts.put("newest_schema", schema.newest().of(schema.kind()));
            return facts;
        }
    }

    /**
     * What the caller asks for in the path, or else what its identity names, or else the usual version.
     *
     * @throws Refused when there is no such version
     */
    Shape of(Caller caller, Credential credential, Optional<SchemaVersion> asked) {
        Optional<SecretSchema> found = schemas.schema(credential.kind());
        if (found.isEmpty()) {
            if (asked.isPresent()) {
                throw Refused.because(404, "there is no schema of the class " + credential.kind());
            }
            return new Shape(null, null);
        }
        SecretSchema schema = found.get();
        SchemaVersion version = asked.or(
                        () -> Optional.ofNullable(caller.identity().schemas().get(schema.kind())))
                .orElse(schema.usual());
        if (!schema.has(version)) {
            throw Refused.because(
                    404,
                    "there is no " + version.of(schema.kind()) + "; known: "
                            + schema.versions().keySet());
        }
        return new Shape(schema, version);
    }

    /** @throws Refused when the credential lacks what its schema needs */
    void check(Credential credential) {
        catalog.lack(credential).ifPresent(why -> {
            throw Refused.because(503, why);
        });
    }

    /** The fields that the reader gets; closes the value when it is not one of them. */
    Map<String, Object> fields(Shape shape, Deliveries.Delivered read) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (shape.version() == null) {
            fields.put("username", read.version().principal());
            fields.put("password", read.value());
            return fields;
        }
        try (var value = read.value()) {
            fields.putAll(schemas.render(
                    read.credential(), shape.version(), read.version().principal(), value));
            return fields;
        } catch (PermanentException changed) {
            throw Refused.because(503, String.valueOf(changed.getMessage()));
        }
    }
}
