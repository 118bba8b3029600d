package dev.lockstep.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which fields readers get of the credentials of a class, in versions, so that each reader moves to a newer one in its
 * own time.
 *
 * @param kind the class, for example {@code database-user}
 * @param usual the version for readers that ask for none
 * @param versions the fields of each version in their order, with a template for the value of each: in the newest over
 *     what Lockstep knows of the credential, in each older one over the fields of the next newer
 */
public record SecretSchema(
        String kind, SchemaVersion usual, NavigableMap<SchemaVersion, Map<String, String>> versions) {
    public SecretSchema {
        NavigableMap<SchemaVersion, Map<String, String>> copy = new TreeMap<>();
        versions.forEach(
                (version, fields) -> copy.put(version, Collections.unmodifiableMap(new LinkedHashMap<>(fields))));
        versions = Collections.unmodifiableNavigableMap(copy);
        if (!versions.containsKey(usual)) {
            throw new IllegalArgumentException("no version " + usual + " of " + kind);
        }
    }

    /** The version that all others are rendered from. */
    public SchemaVersion newest() {
        return versions.lastKey();
    }

    /** Whether there is such a version. */
    public boolean has(SchemaVersion version) {
        return versions.containsKey(version);
    }
}
