package dev.lockstep.port;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which application uses which version of a credential. */
public interface Consumers {

    /**
     * Makes exactly these the consumers that the configuration names; those registered through {@link #enroll} stay.
     * Idempotent.
     */
    void register(CredentialName credential, List<Consumer> consumers);

    /**
     * Registers a consumer that the configuration does not name, or changes its labels. Returns false, changing
     * nothing, when the configuration names it. Idempotent.
     */
    boolean enroll(CredentialName credential, Consumer consumer);

    /**
     * Forgets an enrolled consumer. Returns false, changing nothing, when there is none or the configuration names it.
     */
    boolean dismiss(CredentialName credential, String consumer);

    /**
     * Notes that a consumer uses a version. Returns false, changing nothing, when the consumer is not registered.
     * Idempotent; an older version than the one last seen is noted as well, because a consumer can fall back.
     */
    boolean seen(String consumer, SecretRef ref);

    /** What a consumer is registered for, in the order of the names of the credentials; at most so many. */
    List<Use> uses(String consumer, int limit);

    /** The registered consumers and what each has seen last, in the order of their names. */
    List<Sighting> of(CredentialName credential);

    /**
     * Registered consumers that have not seen {@code version} or a later one, or a running copy of which has read an
     * earlier one last.
     */
    List<String> laggards(SecretRef ref);

    /**
     * From now on these consumers are served a staged version instead of the current one. Those for whom that changes
     * are told in the same transaction. Idempotent.
     */
    void release(SecretRef staged, List<String> consumers);

    /**
     * Undoes every {@link #release} of the version. Those who were served it until now are told in the same
     * transaction. Idempotent.
     */
    void withdraw(SecretRef staged);

    /**
     * The version that a consumer is served: a staged one that was released to it, or the current one; empty when there
     * is neither.
     */
    Optional<SecretRef> served(CredentialName credential, String consumer);

    /** Notes that a consumer cannot work with a version. */
    void report(String consumer, SecretRef ref, ConsumerProblem problem);

    /** Who has reported that the version does not work, in the order of their names. */
    List<String> complaints(SecretRef ref);

    /**
     * A credential of a consumer.
     *
     * @param version the version last seen; null when none yet
     * @param at when; null when none yet
     */
    record Use(
            CredentialName credential,
            @Nullable Integer version,
            @Nullable Instant at) {}

    /**
     * @param labels by which waves choose
     * @param configured whether the configuration names it
     * @param version the version last seen; null when none yet
     * @param at when; null when none yet
     * @param released the version that was released to it last; counts only while that version is staged
     */
    record Sighting(
            String consumer,
            Map<String, String> labels,
            boolean configured,
            @Nullable Integer version,
            @Nullable Instant at,
            @Nullable Integer released) {}
}
