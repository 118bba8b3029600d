package dev.lockstep.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Set;

/** Signs checkpoints with an Ed25519 key that lives in a file and never in the database. */
final class SigningKey {

    private static final Set<PosixFilePermission> FORBIDDEN = PosixFilePermissions.fromString("----w-rwx");

    private final PrivateKey key;
    private final VerificationKey publicKey;

    private SigningKey(PrivateKey key, VerificationKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
    }

    /** Reads the key and its public half, {@code <file>.pub}; generates both when there is none yet. */
    static SigningKey at(Path file) {
        try {
            if (!Files.exists(file)) {
                generateOnce(file);
            }
            return read(file);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "the audit signing key %s cannot be used: an Ed25519 key in PKCS#8 PEM form is needed"
                            .formatted(file),
                    e);
        }
    }

    /** The half that anybody may have. */
    VerificationKey publicKey() {
        return publicKey;
    }

    /** Ed25519 signature in Base64. */
    String sign(byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(bytes);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot sign with Ed25519", e);
        }
    }

    static Path publicHalf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private static SigningKey read(Path file) throws IOException, GeneralSecurityException {
        requirePrivate(file);
        Path publicFile = publicHalf(file);
        if (!Files.exists(publicFile)) {
            throw new IllegalStateException("%2$s is missing: write it with openssl pkey -in %1$s -pubout -out %2$s"
                    .formatted(file, publicFile));
        }
        byte[] encoded = Pem.decode(Files.readString(file), "PRIVATE KEY");
        PrivateKey key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        SigningKey pair = new SigningKey(key, VerificationKey.read(publicFile));
        byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
        if (!pair.publicKey.verifies(probe, pair.sign(probe))) {
            throw new IllegalStateException("%s is not the public half of %s".formatted(publicFile, file));
        }
        return pair;
    }

    private static void requirePrivate(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(FORBIDDEN::contains)) {
            throw new IllegalStateException("the audit signing key is open to others: chmod 600 " + file);
        }
    }

    /** Of processes that start at once with one directory, one generates; halves of two keys would never fit again. */
    private static synchronized void generateOnce(Path file) throws IOException, GeneralSecurityException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path guard = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.exists(file)) {
                generate(file);
            }
        }
    }

    /** The public half goes first: a private key without it would not be usable after a crash in between. */
    private static void generate(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path publicFile = publicHalf(file);
        write(publicFile, VerificationKey.of(pair.getPublic()).pem());
        if (publicFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(publicFile, PosixFilePermissions.fromString("rw-r--r--"));
        }
        write(file, Pem.encode(pair.getPrivate().getEncoded(), "PRIVATE KEY"));
    }

    /** Temporary files are born with mode 0600, and the move makes the key appear whole or not at all. */
    private static void write(Path file, String pem) throws IOException {
        Path temporary = Files.createTempFile(file.toAbsolutePath().getParent(), ".audit-key", null);
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
