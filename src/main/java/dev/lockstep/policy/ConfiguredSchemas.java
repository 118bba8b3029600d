package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretSchemas;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The schemas of the configuration in force. */
final class ConfiguredSchemas implements SecretSchemas {

    private final Supplier<Snapshot> inForce;

    ConfiguredSchemas(Supplier<Snapshot> inForce) {
        this.inForce = inForce;
    }

    @Override
    public Optional<SecretSchema> schema(String kind) {
        return Optional.ofNullable(inForce.get().schemas().get(kind));
    }

    @Override
    public Map<String, SecretValue> render(
            Credential credential, SchemaVersion version, String username, SecretValue password) {
        Snapshot now = inForce.get();
        SecretSchema schema = now.schemas().get(credential.kind());
        if (schema == null || !schema.has(version)) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    "there is no " + version.of(credential.kind()) + " in the configuration any more");
        }
        SchemaSources sources = sources(now, credential);
        Map<String, String> fields = password.expose(bytes -> {
            String value = new String(bytes, StandardCharsets.UTF_8);
            return values(schema, version, sources, username, value);
        });
        Map<String, SecretValue> rendered = new LinkedHashMap<>();
        fields.forEach((field, value) -> rendered.put(field, SecretValue.of(value)));
        return rendered;
    }

    private static Map<String, String> values(
            SecretSchema schema, SchemaVersion version, SchemaSources sources, String username, String password) {
        try {
            return RenderedSchema.values(schema, version, name -> sources.value(name, username, password));
        } catch (IllegalArgumentException lacking) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    version.of(schema.kind()) + " cannot be made of "
                            + sources.credential().name()
                            + ": a setting is missing; plan the configuration again to see which");
        }
    }

    private static SchemaSources sources(Snapshot now, Credential credential) {
        return new SchemaSources(credential, now.targets().get(credential.target()));
    }
}
