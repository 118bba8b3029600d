package dev.lockstep.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the demo keeps between two starts: its own passwords, one per file, readable for the owner only, and the
 * configuration, which people edit.
 */
final class DemoFiles {

    private static final Logger log = LoggerFactory.getLogger(DemoFiles.class);
    private static final int PASSWORD_BYTES = 24;

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    DemoFiles(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        createDirectories(this.directory);
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** The password of that name, generated when it is asked for the first time. */
    String password(String name) {
        Path file = secret(name);
        if (!Files.exists(file)) {
            byte[] bytes = new byte[PASSWORD_BYTES];
            random.nextBytes(bytes);
            writeOwnerOnly(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
        return read(file);
    }

    /** A reference to that password as configuration files write it. */
    String reference(String name) {
        password(name);
        return "${file:" + secret(name) + "}";
    }

    private Path secret(String name) {
        createDirectories(directory.resolve("secrets"));
        return directory.resolve("secrets").resolve(name);
    }

    /** Writes a file that is missing, as a whole or not at all; what somebody has edited is kept. */
    void provide(String name, String text) {
        Path file = path(name);
        if (Files.exists(file)) {
            if (!read(file).equals(text.strip())) {
                log.info("{} differs from the demo's own and is kept; delete it to have that one", file);
            }
            return;
        }
        createDirectories(Objects.requireNonNull(file.getParent()));
        try {
            Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeOwnerOnly(Path file, String text) {
        try {
            if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void createDirectories(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
