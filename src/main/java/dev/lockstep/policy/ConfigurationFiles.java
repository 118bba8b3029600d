package dev.lockstep.policy;

import dev.lockstep.domain.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The configuration directory of this node. */
final class ConfigurationFiles {

    private final String directory;
    private final String origin;

    ConfigurationFiles(String directory) {
        this.directory = directory;
        this.origin = host() + ':' + absolute(directory);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String absolute(String directory) {
        try {
            return Path.of(directory).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            return directory;
        }
    }

    /** The directory as it was configured. */
    String directory() {
        return directory;
    }

    /** Host and directory. */
    String origin() {
        return origin;
    }

    /** The files as they are now; what is wrong with the directory is reported. */
    Sources read(Problems problems) {
        return Sources.in(directory, problems);
    }

    /** What stands before the names of files in messages. */
    String shown() {
        return Sources.prefix(directory);
    }

    /** The commit that is checked out there; empty when it is no checkout. */
    Optional<String> commit() {
        return checkout().flatMap(GitCheckout::commit);
    }

    private Optional<GitCheckout> checkout() {
        try {
            return GitCheckout.around(Path.of(directory));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Changes when anything about the files changes, without reading them; empty while somebody is at it, as far as
     * that can be told.
     */
    Optional<String> signature() {
        Optional<GitCheckout> checkout = checkout();
        if (checkout.filter(GitCheckout::busy).isPresent()) {
            return Optional.empty();
        }
        StringBuilder all =
                new StringBuilder(checkout.flatMap(GitCheckout::commit).orElse(""));
        try {
            Problems problems = new Problems();
            for (Path file : SourceFiles.in(directory, problems)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                all.append('\n')
                        .append(file)
                        .append(' ')
                        .append(attributes.size())
                        .append(' ')
                        .append(attributes.lastModifiedTime())
                        .append(' ')
                        .append(attributes.fileKey());
            }
            return Optional.of(
                    Digests.sha256(all.append(' ').append(problems.reported()).toString()));
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }
}
