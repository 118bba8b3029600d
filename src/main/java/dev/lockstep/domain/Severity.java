package dev.lockstep.domain;

import java.util.Locale;

/** How bad an incident is. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Lower-case name in the triage table and the API. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a severity by its {@link #label()}. */
    public static Severity of(String label) {
        for (Severity severity : values()) {
            if (severity.label().equals(label)) {
                return severity;
            }
        }
        throw new InvalidInput("severity", "a severity is low, medium, high or critical");
    }
}
