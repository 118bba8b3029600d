package dev.lockstep.store.embedded;

import java.time.Instant;

/**
 * A keyset as the database holds it.
 *
 * @param generation numbered from 1; new values take the newest
 * @param kek id of the key-encryption key that wraps it
 * @param wrapped encrypted under that key, bound to name and generation
 * @param wrappedAt when it was last wrapped
 */
@SuppressWarnings("ArrayRecordComponent")
record WrappedKeyset(KeysetName name, int generation, String kek, byte[] wrapped, Instant wrappedAt) {}
