package dev.lockstep.store.embedded;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import java.util.function.Supplier;

/** Tells a running operation that it must wait until the key-encryption key is back. */
final class KeyUnavailable {

    private KeyUnavailable() {}

    /** @throws RetryableException with {@code KEY_UNAVAILABLE} when the body was refused a key */
    static <T> T unless(Supplier<T> body) {
        try {
            return body.get();
        } catch (KeyRefused e) {
            throw new RetryableException(FailureCode.KEY_UNAVAILABLE, e.getMessage(), e);
        }
    }
}
