package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Identity;
import dev.lockstep.domain.SecretSchema;
import java.util.List;
import java.util.Map;

/**
 * What readers rely on when another configuration comes into force.
 *
 * @param schemas those in force, by class
 * @param identities those in force
 * @param issued the credentials that were issued on request, which stand in no configuration
 */
record PublishedSchemas(Map<String, SecretSchema> schemas, Map<String, Identity> identities, List<Credential> issued) {

    /** Nobody relies on anything. */
    static final PublishedSchemas NONE = new PublishedSchemas(Map.of(), Map.of(), List.of());

    PublishedSchemas {
        schemas = Map.copyOf(schemas);
        identities = Map.copyOf(identities);
        issued = List.copyOf(issued);
    }
}
