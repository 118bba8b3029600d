package dev.lockstep.domain;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Consumers that use the new version before it becomes current, wave after wave.
 *
 * @param waves in the order in which they are released; whoever is in none moves at the promotion
 * @param health who is asked, after each wave, whether all is well; empty when the consumers' word is enough
 */
public record Canary(List<Wave> waves, Optional<Probe> health) {
    public Canary {
        waves = List.copyOf(waves);
        if (waves.isEmpty()) {
            throw new IllegalArgumentException("a canary has at least one wave");
        }
    }

    /**
     * Some of the consumers: those with all the labels, or the first ones up to a share of all.
     *
     * @param percent share of all consumers that have the new version after this wave, 1 to 99; 0 when labels choose
     * @param labels what a consumer of this wave carries; empty when the share chooses
     * @param soak how long they use the new version before they are asked
     */
    public record Wave(int percent, Map<String, String> labels, Duration soak) {
        public Wave {
            labels = Map.copyOf(labels);
            if (labels.isEmpty() == (percent == 0) || percent < 0 || percent > 99) {
                throw new IllegalArgumentException("a wave is chosen by a share or by labels");
            }
        }
    }

    /**
     * Where the health of the consumers is asked for.
     *
     * @param kind how the answer is read
     * @param url an address of a page, or of a Prometheus server; no secret in it
     * @param query the Prometheus query; empty for a page
     */
    public record Probe(Kind kind, URI url, String query) {}

    /** How the answer of a probe is read. */
    public enum Kind {
        /** A page that answers with a status of 200 to 299 while all is well. */
        HTTP,
        /** A query that gives no result while all is well, as the expression of an alert does. */
        PROMETHEUS
    }
}
