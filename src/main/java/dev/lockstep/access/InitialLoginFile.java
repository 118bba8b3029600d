package dev.lockstep.access;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** The file in which a person finds the generated login; it never exists in part or with wider rights. */
final class InitialLoginFile {

    private final Path file;

    InitialLoginFile(Path dataDir) {
        this.file = dataDir.resolve("initial-login").toAbsolutePath().normalize();
    }

    Path path() {
        return file;
    }

    /** Replaces the file, or what a stranger put in its place, by one with this login. */
    void write(String user, String password) {
        Path draft = file.resolveSibling(".initial-login-" + UUID.randomUUID());
        try {
            createDirectory();
            try {
                writeDraft(draft, "user: " + user + "\npassword: " + password + "\n");
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the generated login to " + file, e);
        }
    }

    private void writeDraft(Path draft, String text) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, options, rights("rw-------"))) {
            if (!posix()) {
                restrictWithoutPosix(draft.toFile());
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private void createDirectory() throws IOException {
        Path directory = directory();
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(directory, rights("rwx------"));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(directory + " is not a directory", e);
        }
    }

    private FileAttribute<?>[] rights(String rights) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Path directory() {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException(file + " has no directory");
        }
        return parent;
    }

    private static void restrictWithoutPosix(File draft) throws IOException {
        boolean restricted = draft.setReadable(false, false) && draft.setReadable(true, true);
        if (!restricted) {
            throw new IOException("the file system lets nobody restrict who reads " + draft);
        }
    }
}
