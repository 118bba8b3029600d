package dev.lockstep.domain;

import java.util.Map;

/**
 * An application that uses a credential.
 *
 * @param name as it calls itself when it acknowledges a version
 * @param labels free labels, by which the waves of a canary choose
 */
public record Consumer(String name, Map<String, String> labels) {
    public Consumer {
        labels = Map.copyOf(labels);
    }

    /** One without labels. */
    public static Consumer named(String name) {
        return new Consumer(name, Map.of());
    }
}
