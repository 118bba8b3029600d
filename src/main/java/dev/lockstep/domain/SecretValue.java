package dev.lockstep.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a secret. It never prints, compares in constant time, and is wiped by {@link #close()}.
 *
 * <p>{@link #expose} is the only door to the bytes, so that every use can be found by searching for it.
 */
public final class SecretValue implements AutoCloseable {

    private final byte[] bytes;
    private boolean wiped;

    private SecretValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy; the caller wipes its own array. */
    public static SecretValue of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a secret has at least one byte");
        }
        return new SecretValue(bytes.clone());
    }

    /** Encodes text as UTF-8. */
    public static SecretValue of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lends a copy of the bytes to {@code use} and wipes the copy afterwards. The result must not carry the secret any
     * further than the protocol needs.
     *
     * @throws IllegalStateException when the secret has been closed
     */
    public <T> T expose(Function<byte[], T> use) {
        if (wiped) {
            throw new IllegalStateException("the secret has been wiped");
        }
        byte[] copy = bytes.clone();
        try {
            return use.apply(copy);
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        wiped = true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** Always zero: a hash of the bytes would leak them into collections and dumps. */
    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return "[secret redacted]";
    }
}
