package dev.lockstep.port;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.domain.SecretSchema;
import dev.lockstep.domain.SecretValue;
import java.util.Map;
import java.util.Optional;

/** The schemas of the configuration in force, and values in their form. */
public interface SecretSchemas {

    /** The schema of credentials of a class; empty when it has none: then readers get user name and password. */
    Optional<SecretSchema> schema(String kind);

    /**
     * One value in a version of the schema of its class.
     *
     * @param username the account that the value belongs to
     * @param password the value; stays open
     * @return the fields in their order, each of which the caller closes
     * @throws dev.lockstep.domain.PermanentException when the configuration in force has no such version, or the
     *     credential lacks something that it needs
     */
    Map<String, SecretValue> render(
            Credential credential, SchemaVersion version, String username, SecretValue password);
}
