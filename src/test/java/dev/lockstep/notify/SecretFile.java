package dev.lockstep.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A secret in a file that only its owner may read. */
final class SecretFile {

    private SecretFile() {}

    static Path of(String secret) {
        try {
            Path file = Files.writeString(Files.createTempFile("lockstep-hook", ".secret"), secret);
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
