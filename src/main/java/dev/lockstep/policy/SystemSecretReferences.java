package dev.lockstep.policy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks references up in environment variables and files, anew each time. */
final class SystemSecretReferences implements SecretReferences {

    static final int MAX_BYTES = 64 * 1024;

    private final Function<String, @Nullable String> environment;

    SystemSecretReferences(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public SecretValue resolve(String text) {
        Optional<Reference> reference = Reference.of(text);
        if (reference.isPresent()) {
            return reference.get().kind().equals("env") ? variable(reference.get()) : file(reference.get());
        }
        if (text.startsWith("${") && text.endsWith("}")) {
            String kind = text.substring(0, Math.max(2, text.indexOf(':') + 1));
            throw misconfigured(kind + "...} is no reference that Lockstep knows; " + Reference.FORMS);
        }
        if (text.isEmpty()) {
            throw misconfigured("a secret is empty; " + Reference.FORMS);
        }
        return SecretValue.of(text);
    }

    private SecretValue variable(Reference reference) {
        String value = environment.apply(reference.place());
        if (value == null || value.isEmpty()) {
            throw misconfigured(reference + " points to a variable that is not set or empty; set it and restart");
        }
        return SecretValue.of(value);
    }

    private static SecretValue file(Reference reference) {
        byte[] bytes;
        try {
            bytes = read(reference, Path.of(reference.place()));
        } catch (IOException | InvalidPathException e) {
            throw misconfigured(reference + " points to a file that cannot be read; check its path and permissions");
        }
        try {
            int length = withoutNewline(bytes);
            if (length == 0) {
                throw misconfigured(reference + " points to an empty file; write the secret into it");
            }
            byte[] secret = Arrays.copyOf(bytes, length);
            try {
                return SecretValue.of(secret);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] read(Reference reference, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw misconfigured(reference + " points to no regular file; check the path");
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null && posix.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw misconfigured(reference + " points to a file that everybody may read; chmod 600 it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                Arrays.fill(bytes, (byte) 0);
                throw misconfigured(reference + " points to a file of more than 64 KiB, which is no secret");
            }
            return bytes;
        }
    }

    private static int withoutNewline(byte[] bytes) {
        int length = bytes.length;
        if (length > 0 && bytes[length - 1] == '\n') {
            length--;
            if (length > 0 && bytes[length - 1] == '\r') {
                length--;
            }
        }
        return length;
    }

    private static PermanentException misconfigured(String message) {
        return new PermanentException(FailureCode.MISCONFIGURED, message);
    }
}
