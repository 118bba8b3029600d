package dev.lockstep.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed statement that the entries from one position to another stand in a file and may go from the database. What
 * is left of the chain begins behind the last one.
 *
 * @param first its first entry
 * @param previous hash of the entry before that
 * @param position its last entry
 * @param hash of that entry
 * @param recordedUntil when the latest of its entries was recorded
 * @param file its name in the folder of archives
 * @param sha256 of the whole file
 * @param time when it was signed, ISO 8601 in UTC, exactly as signed
 * @param keyId the key that signed it
 * @param signature Ed25519 in Base64
 */
record Archive(
        long first,
        String previous,
        long position,
        String hash,
        Instant recordedUntil,
        String file,
        String sha256,
        String time,
        String keyId,
        String signature) {

    private static final String DOMAIN = "lockstep.audit.archive.v1";

    /** The same with a signature. */
    Archive signed(Instant now, SigningKey key) {
        String signer = key.publicKey().id();
        return with(now, signer, key.sign(with(now, signer, "").signedBytes()));
    }

    private Archive with(Instant now, String signer, String signed) {
        return new Archive(
                first, previous, position, hash, recordedUntil, file, sha256, now.toString(), signer, signed);
    }

    boolean signedBy(VerificationKey key) {
        return key.verifies(signedBytes(), signature);
    }

    /** Where the chain goes on behind it. */
    Head end() {
        return new Head(position, hash);
    }

    private byte[] signedBytes() {
        return String.join(
                        "\n",
                        DOMAIN,
                        Long.toString(first),
                        previous,
                        Long.toString(position),
                        hash,
                        recordedUntil.toString(),
                        file,
                        sha256,
                        time,
                        keyId,
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }
}
