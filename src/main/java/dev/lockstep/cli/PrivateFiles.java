package dev.lockstep.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that only their owner may read: never readable for others, not even for the moment of writing. */
final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private PrivateFiles() {}

    /** Puts a file in the place of another in one step, with mode 0600; readers see the old or the new one. */
    static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, OWNER_ONLY);
    }

    static void replace(Path file, byte[] content, Set<PosixFilePermission> mode) throws IOException {
        Path goal = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = goal.getParent();
        if (folder == null) {
            throw new IOException(file + " is no file");
        }
        makeFolder(folder);
        Path fresh = Files.createTempFile(folder, ".lockstep-", "", attributes(OWNER_ONLY));
        try {
            Files.write(fresh, content);
            if (POSIX) {
                Files.setPosixFilePermissions(fresh, mode);
            }
            move(fresh, goal);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder,
                    attributes(EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE)));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException plain) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Whether nobody but the owner may read or write the file. */
    static boolean ownersOnly(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix == null || OWNER_ONLY.containsAll(posix.readAttributes().permissions());
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> mode) {
        return POSIX ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)} : new FileAttribute<?>[0];
    }
}
