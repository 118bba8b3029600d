package dev.lockstep.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checkpoints outside the database: one JSON line each, only ever appended, on disk before {@code append} returns.
 */
final class CheckpointFile {

    /** More than the longest line; what is read to find the last one. */
    private static final int TAIL = 8192;

    private final Path path;

    CheckpointFile(Path path) {
        this.path = path;
    }

    /** The last whole line; a line without its end was cut short by a crash and does not count. */
    Optional<String> lastLine() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            String whole = tail(channel);
            return whole.isEmpty()
                    ? Optional.empty()
                    : Optional.of(whole.substring(whole.lastIndexOf('\n', whole.length() - 2) + 1, whole.length() - 1));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Appends a line and waits until it is on disk. */
    void append(String line) {
        try {
            removeTornLine();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Hands over all whole lines from the first, one at a time. What is too long for a checkpoint is cut. */
    void lines(Consumer<String> reader) {
        if (!Files.exists(path)) {
            return;
        }
        try (Reader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    reader.accept(line.toString());
                    line.setLength(0);
                } else if (line.length() < TAIL) {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** An append-only file (chattr +a) allows no truncation, so the file is opened for it only when it is needed. */
    private void removeTornLine() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        long whole;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            whole = channel.size() - tornBytes(channel);
            if (whole == channel.size()) {
                return;
            }
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
    }

    private static long tornBytes(FileChannel channel) throws IOException {
        byte[] bytes = lastBytes(channel);
        int torn = 0;
        while (torn < bytes.length && bytes[bytes.length - 1 - torn] != '\n') {
            torn++;
        }
        return torn;
    }

    /** The end of the file up to its last line feed. */
    private static String tail(FileChannel channel) throws IOException {
        String text = new String(lastBytes(channel), StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    private static byte[] lastBytes(FileChannel channel) throws IOException {
        long from = Math.max(0, channel.size() - TAIL);
        ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
        return bytes.array();
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException("the audit checkpoint file " + path + " cannot be used", e);
    }
}
