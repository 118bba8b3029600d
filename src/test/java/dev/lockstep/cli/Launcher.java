package dev.lockstep.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** The command line installed as people install it: its launcher in {@code bin}, its jar in {@code lib}. */
final class Launcher {

    /** One class of each library that is packaged into its jar. */
    private static final List<Class<?>> LIBRARIES = List.of(
            CommandLine.class,
            JsonFactory.class,
            JsonInclude.class,
            ObjectMapper.class,
            YAMLFactory.class,
            Yaml.class,
            NullMarked.class);

    private final Path bin;

    private Launcher(Path bin) {
        this.bin = bin;
    }

    /** Installs it below a folder. */
    static Launcher install(Path folder) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path lib = Files.createDirectories(folder.resolve("lib"));
        Path script = Files.copy(Path.of("src/main/cli/lockstep"), bin.resolve("lockstep"));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3-test");
        attributes.put(Attributes.Name.CLASS_PATH, libraries());
        Path classes = place(Main.class);
        try (OutputStream out = Files.newOutputStream(lib.resolve("lockstep-cli.jar"));
                JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes.resolve("dev/lockstep/cli"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                jar.write(Files.readAllBytes(file));
            }
        }
        return new Launcher(bin);
    }

    private static String libraries() {
        return LIBRARIES.stream()
                .map(library -> place(library).toUri().toString())
                .collect(Collectors.joining(" "));
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** The folder that belongs on the path. */
    Path bin() {
        return bin;
    }

    /** Runs it as a process. */
    Shell.Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(bin.resolve("lockstep").toString()));
        command.addAll(List.of(arguments));
        return run(environment, command, bin);
    }

    /** Runs a script in which {@code lockstep} is on the path. */
    Shell.Run bash(Map<String, String> environment, Path directory, String script)
            throws IOException, InterruptedException {
        return run(environment, List.of("bash", "-euo", "pipefail", "-c", script), directory);
    }

    private Shell.Run run(Map<String, String> environment, List<String> command, Path directory)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("lockstep-out", null);
        Path err = Files.createTempFile("lockstep-err", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().putIfAbsent("HOME", bin.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end: " + Files.readString(err));
        }
        return new Shell.Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
