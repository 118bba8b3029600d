package dev.lockstep.audit;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public keys whose checkpoints and archives count: this node's own, those of other nodes, and former ones. */
final class TrustedKeys {

    private final VerificationKey own;
    private final Map<String, VerificationKey> keys;

    TrustedKeys(VerificationKey own, Collection<VerificationKey> others) {
        this.own = own;
        this.keys = Stream.concat(others.stream(), Stream.of(own))
                .collect(Collectors.toMap(VerificationKey::id, Function.identity(), (one, same) -> same));
    }

    boolean isOwn(Checkpoint checkpoint) {
        return checkpoint.keyId().equals(own.id());
    }

    Optional<VerificationKey> find(Checkpoint checkpoint) {
        return Optional.ofNullable(keys.get(checkpoint.keyId()));
    }

    boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /** Whether a trusted key signed it. */
    boolean vouchFor(Archive archive) {
        VerificationKey key = keys.get(archive.keyId());
        return key != null && archive.signedBy(key);
    }

    /** Whether a trusted key signed it. */
    boolean vouchFor(Checkpoint checkpoint) {
        return find(checkpoint).map(checkpoint::signedBy).orElse(false);
    }
}
