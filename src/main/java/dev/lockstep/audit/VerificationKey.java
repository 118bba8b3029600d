package dev.lockstep.audit;

import dev.lockstep.domain.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * A public key that checkpoints are checked with.
 *
 * @param id the first 16 hex digits of the SHA-256 of its encoding
 */
record VerificationKey(String id, PublicKey key) {

    private static final int ID_DIGITS = 16;

    static VerificationKey of(PublicKey key) {
        return new VerificationKey(Digests.sha256(key.getEncoded()).substring(0, ID_DIGITS), key);
    }

    /** Reads a PEM file as {@code openssl pkey -pubout} writes it. */
    static VerificationKey read(Path file) {
        try {
            byte[] encoded = Pem.decode(Files.readString(file), "PUBLIC KEY");
            return of(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalStateException("no Ed25519 public key in PEM form can be read from " + file, e);
        }
    }

    /** Whether the signature, in Base64, was made over the bytes with the private half of this key. */
    boolean verifies(byte[] bytes, String signature) {
        try {
            Signature verification = Signature.getInstance("Ed25519");
            verification.initVerify(key);
            verification.update(bytes);
            return verification.verify(Base64.getDecoder().decode(signature));
        } catch (SignatureException | IllegalArgumentException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot verify Ed25519 signatures", e);
        }
    }

    String pem() {
        return Pem.encode(key.getEncoded(), "PUBLIC KEY");
    }
}
