package dev.lockstep.port;

import dev.lockstep.domain.SecretValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Resolves values like <code>${env:NAME}</code>, <code>${file:/path}</code> and <code>${credential:name}</code> at the
 * moment of use.
 */
public interface SecretReferences {

    /**
     * The secret that a reference points to; a text that is no reference stands for itself. The caller closes it.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when it points to nothing; the message
     *     names the reference, never a value
     * @throws dev.lockstep.domain.LockstepException with {@code REFERENCE_UNUSABLE} when it points to a managed
     *     credential that is not in use
     */
    SecretValue resolve(String reference);

    /**
     * What the reference may stand for at this moment, the likeliest first. A managed credential has several values
     * while it is being rotated, and after a crash nobody knows which of them is accepted: whoever logs in tries the
     * next when one was refused. Each is looked up when it is asked for, may have gone by then, and is closed by the
     * caller.
     *
     * @throws dev.lockstep.domain.LockstepException like {@link #resolve}
     */
    default List<Supplier<Optional<SecretValue>>> candidates(String reference) {
        return List.of(() -> Optional.of(resolve(reference)));
    }
}
