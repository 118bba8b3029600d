package dev.lockstep.port;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which application uses which version of a credential. */
public interface Consumers {

    /** Makes exactly these consumers the registered ones of the credential. Idempotent. */
    void register(CredentialName credential, List<String> consumers);

    /**
     * Notes that a consumer uses a version. Returns false, changing nothing, when the consumer is not registered.
     * Idempotent; an older version than the one last seen is noted as well, because a consumer can fall back.
     */
    boolean seen(String consumer, SecretRef ref);

    /** The registered consumers and what each has seen last, in the order of their names. */
    List<Sighting> of(CredentialName credential);

    /** Registered consumers that have not seen {@code version} or a later one. */
    List<String> laggards(SecretRef ref);

    /**
     * @param version the version last seen; null when none yet
     * @param at when; null when none yet
     */
    record Sighting(
            String consumer,
            @Nullable Integer version,
            @Nullable Instant at) {}
}
