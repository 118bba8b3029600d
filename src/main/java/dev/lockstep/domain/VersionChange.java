package dev.lockstep.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What programs are told of a version. Carries names and numbers only.
 *
 * @param place where it stands in the order in which all nodes tell it; counted from 1
 * @param kind what happened to the version
 * @param consumer the only one that is told; null for all
 * @param at when it happened
 */
public record VersionChange(
        long place, SecretRef ref, Kind kind, @Nullable String consumer, Instant at) {

    /** What can happen to a version. */
    public enum Kind {
        /** It is the current one now. */
        PROMOTED,
        /** The target refuses it now. */
        RETIRED,
        /** It must not be used any more. */
        REVOKED,
        /** One consumer is served it before the others. */
        RELEASED,
        /** That consumer is served the current version again. */
        WITHDRAWN;

        /** What all are told when a version gets into that stage; empty for nothing. */
        public static Optional<Kind> of(Stage stage) {
            return switch (stage) {
                case CURRENT -> Optional.of(PROMOTED);
                case RETIRED -> Optional.of(RETIRED);
                case REVOKED -> Optional.of(REVOKED);
                default -> Optional.empty();
            };
        }
    }

    /**
     * How programs know it: {@code promoted}, {@code retired}, {@code revoked}, {@code released} or {@code withdrawn}.
     */
    public String sort() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a consumer is told. */
    public boolean concerns(String name) {
        return consumer == null || consumer.equals(name);
    }
}
