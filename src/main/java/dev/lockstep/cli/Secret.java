package dev.lockstep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.function.Function;

/** A password or token while a command needs it; it prints as nothing, and {@link #expose} is the only way to it. */
final class Secret implements AutoCloseable {

    /** Means standard input where a file is named. */
    static final String STANDARD_INPUT = "-";

    private static final int LONGEST = 64 * 1024;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a file or standard input, without the line break at its end. */
    static Secret read(String file, Terminal terminal) {
        try {
            if (file.equals(STANDARD_INPUT)) {
                return trimmed("standard input", terminal.in().readNBytes(LONGEST + 1));
            }
            Path path = Path.of(file);
            notForEverybody(path);
            try (InputStream in = Files.newInputStream(path)) {
                return trimmed(file, in.readNBytes(LONGEST + 1));
            }
        } catch (IOException unreadable) {
            throw CliException.usage("The file " + file + " cannot be read; check its path and permissions.");
        }
    }

    private static void notForEverybody(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw CliException.usage("The file " + file + " holds a secret and everybody may read it; chmod 600 it.");
        }
    }

    private static Secret trimmed(String from, byte[] read) {
        try {
            int length = read.length;
            if (length > LONGEST) {
                throw CliException.usage("There is more than 64 KiB in " + from + ", which is no secret.");
            }
            if (length > 0 && read[length - 1] == '\n') {
                length--;
            }
            if (length > 0 && read[length - 1] == '\r') {
                length--;
            }
            if (length == 0) {
                throw CliException.usage("There is no secret in " + from + ".");
            }
            return new Secret(Arrays.copyOf(read, length));
        } finally {
            Arrays.fill(read, (byte) 0);
        }
    }

    /** Lends the text for one use; it must not be kept. */
    <T> T expose(Function<String, T> use) {
        return use.apply(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return "***";
    }
}
