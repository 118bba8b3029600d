package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a rule of a policy can ask of a credential, by the names of the rule's fields. */
record Traits(Map<String, String> values) {

    /** Stands before the name of a label. */
    static final String LABEL = "labels.";

    static Traits of(Credential credential) {
        return of(credential.name(), credential.owner(), credential.kind(), credential.target(), credential.labels());
    }

    static Traits of(CredentialName name, String owner, String kind, String target, Map<String, String> labels) {
        Map<String, String> values = new HashMap<>();
        values.put("environment", name.environment());
        values.put("team", name.team());
        values.put("system", name.system());
        values.put("owner", owner);
        values.put("class", kind);
        values.put("target", target);
        labels.forEach((label, value) -> values.put(LABEL + label, value));
        return new Traits(values);
    }

    Optional<String> of(String field) {
        return Optional.ofNullable(values.get(field));
    }
}
