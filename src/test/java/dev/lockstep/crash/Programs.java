package dev.lockstep.crash;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The class path of this JVM, made ready for others that have to start fast: folders become jars, so that the JVM can
 * share the archive of loaded classes that a first run has left.
 */
final class Programs {

    private final String classPath;
    private final Path archive;

    private Programs(String classPath, Path archive) {
        this.classPath = classPath;
        this.archive = archive;
    }

    /** Packs the folders. */
    static Programs in(Path folder) {
        List<String> entries = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            Path path = Path.of(entry);
            entries.add(Files.isDirectory(path) ? packed(path, folder.resolve(entries.size() + ".jar")) : entry);
        }
        return new Programs(String.join(File.pathSeparator, entries), folder.resolve("classes.jsa"));
    }

    private static String packed(Path from, Path jar) {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(from)) {
            out.setLevel(0);
            for (Path file : files.filter(path -> !path.equals(from)).toList()) {
                boolean folder = Files.isDirectory(file);
                out.putNextEntry(new ZipEntry(from.relativize(file) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(file, out);
                }
            }
            return jar.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets one process start and end in peace, and keeps what it has loaded. */
    void rehearse(Map<String, Object> settings, Path log) {
        try (Victim first =
                Victim.start(command("-XX:ArchiveClassesAtExit=" + archive), KilledProcess.class, settings, log)) {
            first.awaitReady();
            first.order("");
            if (!first.ended(120, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the rehearsal did not end");
            }
        }
    }

    /** Starts a JVM; the main class and its arguments follow. */
    List<String> command() {
        return Files.exists(archive) ? command("-XX:SharedArchiveFile=" + archive) : command("-Xshare:auto");
    }

    private List<String> command(String sharing) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                sharing,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Duser.timezone=UTC",
                "-cp",
                classPath));
    }
}
