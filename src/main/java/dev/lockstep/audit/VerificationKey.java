package dev.lockstep.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A public key that checkpoints are checked with.
 *
 * @param id the first 16 hex digits of the SHA-256 of its encoding
 */
record VerificationKey(String id, PublicKey key) {

    static VerificationKey of(PublicKey key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return new VerificationKey(HexFormat.of().formatHex(hash, 0, 8), key);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
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
