package dev.lockstep.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Makes the data directory before the embedded database, the key file or the checkpoints are written to it, with no
 * right for anybody but its owner; says so when one that exists is open to others.
 */
public final class DataDirectory implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        String configured = context.getEnvironment().getProperty("lockstep.data-dir", "");
        if (!configured.isBlank()
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            prepare(Path.of(configured).toAbsolutePath().normalize());
        }
    }

    private static void prepare(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER));
                return;
            }
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
            others.removeAll(OWNER);
            if (!others.isEmpty()) {
                log.warn(
                        "The data directory {} is open to others than its owner; run: chmod 700 {}",
                        directory,
                        directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the data directory " + directory + " cannot be made or read", e);
        }
    }
}
