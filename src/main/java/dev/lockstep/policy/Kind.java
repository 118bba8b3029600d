package dev.lockstep.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a document in a configuration file describes. */
enum Kind {
    POLICY("Policy", "policy"),
    TARGET("Target", "target"),
    STORE("Store", "store"),
    CREDENTIAL("Credential", "credential"),
    CHANNEL("Channel", "channel"),
    IDENTITY("Identity", "identity"),
    SIGNAL_SOURCE("SignalSource", "signal-source"),
    READ_RULE("ReadRule", "read-rule"),
    SECRET_SCHEMA("SecretSchema", "secret-schema");

    private final String label;
    private final String schema;

    Kind(String label, String schema) {
        this.label = label;
        this.schema = schema;
    }

    /** The schema that its documents follow. */
    String schema() {
        return schema;
    }

    static Optional<Kind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(kind -> kind.label).toList();
    }
}
