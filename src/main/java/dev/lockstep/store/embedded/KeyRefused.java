package dev.lockstep.store.embedded;

import java.util.Objects;

/** There is no usable key-encryption key; the message is one sentence that says what is wrong and what to do. */
final class KeyRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyRefused(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
