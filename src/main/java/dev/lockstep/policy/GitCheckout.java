package dev.lockstep.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Git checkout that a directory lies in, read as files: no Git program is needed. */
final class GitCheckout {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final int MOST_REFERENCES = 5;

    private final Path own;
    private final Path common;

    private GitCheckout(Path own, Path common) {
        this.own = own;
        this.common = common;
    }

    /** The checkout around a directory; empty when there is none. */
    static Optional<GitCheckout> around(Path directory) {
        try {
            for (@Nullable Path at = directory.toRealPath(); at != null; at = at.getParent()) {
                Path git = at.resolve(".git");
                if (Files.isDirectory(git)) {
                    return Optional.of(new GitCheckout(git, git));
                }
                if (Files.isRegularFile(git)) {
                    return linked(at, text(git));
                }
            }
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** A worktree or submodule, whose directory is elsewhere; what it shares with others may be elsewhere again. */
    private static Optional<GitCheckout> linked(Path at, String file) throws IOException {
        if (!file.startsWith("gitdir:")) {
            return Optional.empty();
        }
        Path own = at.resolve(file.substring("gitdir:".length()).strip()).normalize();
        Path pointer = own.resolve("commondir");
        Path common = Files.isRegularFile(pointer)
                ? own.resolve(text(pointer).strip()).normalize()
                : own;
        return Files.isDirectory(own) ? Optional.of(new GitCheckout(own, common)) : Optional.empty();
    }

    /** Whether Git is changing the files right now. */
    boolean busy() {
        return Files.exists(own.resolve("index.lock")) || Files.exists(own.resolve("HEAD.lock"));
    }

    /** The commit that is checked out; empty when there is none yet, or when it cannot be read. */
    Optional<String> commit() {
        try {
            String head = text(own.resolve("HEAD")).strip();
            for (int i = 0; i < MOST_REFERENCES && head.startsWith("ref:"); i++) {
                head = resolve(head.substring("ref:".length()).strip());
            }
            return Optional.of(head).filter(id -> ID.matcher(id).matches());
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private String resolve(String reference) throws IOException {
        if (!reference.startsWith("refs/") || reference.contains("..")) {
            return "";
        }
        for (Path place : new Path[] {own, common}) {
            Path loose = place.resolve(reference);
            if (Files.isRegularFile(loose)) {
                return text(loose).strip();
            }
        }
        Path packed = common.resolve("packed-refs");
        return !Files.isRegularFile(packed)
                ? ""
                : text(packed)
                        .lines()
                        .filter(line -> line.endsWith(' ' + reference))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .findFirst()
                        .orElse("");
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("is larger than what Git writes there");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
