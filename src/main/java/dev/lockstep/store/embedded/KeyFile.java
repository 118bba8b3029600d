package dev.lockstep.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The file with the key-encryption keys in base64, one a line, the current one first; empty lines and lines that begin
 * with {@code #} are skipped. Nobody but its owner may have any right to it.
 */
final class KeyFile {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path path;

    KeyFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** @throws KeyRefused when it cannot be read, is open to others, or holds no key */
    List<KeyEncryptionKey> read() {
        try {
            refuseOpenToOthers();
            List<String> lines = Files.readAllLines(path, StandardCharsets.US_ASCII).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            if (lines.isEmpty()) {
                throw new KeyRefused("The key file " + path + " is empty; \"openssl rand -base64 32\" makes a key.");
            }
            return lines.stream()
                    .map(line -> KeyEncryptionKey.parse(line, toString()))
                    .toList();
        } catch (IOException e) {
            throw new KeyRefused(
                    "The key file " + path + " cannot be read (" + e.getClass().getSimpleName()
                            + "); check that it is a text file that belongs to Lockstep's user.");
        }
    }

    private void refuseOpenToOthers() throws IOException {
        if (!POSIX) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (!OWNER.containsAll(permissions)) {
            throw new KeyRefused("The key file " + path + " is open to others than its owner ("
                    + PosixFilePermissions.toString(permissions) + "); run: chmod 600 " + path);
        }
    }

    /**
     * Makes the file with a fresh key. It appears complete or not at all, is durable when this returns, and never
     * replaces one that somebody else made in the meantime.
     */
    void create() {
        try {
            Path directory = Files.createDirectories(path.resolveSibling("."));
            Path draft = Files.createTempFile(directory, "kek", ".draft", ownerOnly());
            try {
                writeKey(draft);
                publish(draft);
            } finally {
                Files.delete(draft);
            }
            force(directory);
        } catch (IOException e) {
            throw new KeyRefused("The key file " + path + " cannot be created ("
                    + e.getClass().getSimpleName() + "); check that its directory is writable.");
        }
    }

    /** A link, unlike a move, fails when the name is taken; then the file of the faster process counts. */
    @SuppressWarnings("UnusedException")
    private void publish(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            read();
        }
    }

    private static void writeKey(Path draft) throws IOException {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        byte[] line = Base64.getEncoder().encode(key);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(line));
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            channel.force(true);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void force(Path directory) throws IOException {
        if (POSIX) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
