package dev.lockstep.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the configuration files: directly in the directory and below the folders named after their content. */
final class SourceFiles {

    private static final List<String> FOLDERS = List.of(
            "policies",
            "targets",
            "stores",
            "credentials",
            "channels",
            "identities",
            "sources",
            "reads",
            "secret-schemas",
            "calendars");
    private static final int DEEPEST = 8;
    private static final String ADVICE =
            "set lockstep.config-dir (LOCKSTEP_CONFIG_DIR) to the directory with policies, targets, stores and credentials";

    private final Problems problems;
    private final List<Path> found = new ArrayList<>();

    private SourceFiles(Problems problems) {
        this.problems = problems;
    }

    /** Whether it is the name of an iCalendar file. */
    static boolean isCalendar(String name) {
        return name.endsWith(".ics");
    }

    /** All files in a fixed order; at least one problem when none has documents. */
    static List<Path> in(String directory, Problems problems) {
        if (directory.isBlank()) {
            problems.add(Place.of("lockstep.config-dir"), "", "is not set", ADVICE);
            return List.of();
        }
        Path root;
        try {
            root = Path.of(directory).normalize();
        } catch (InvalidPathException e) {
            problems.add(Place.of("lockstep.config-dir"), "", "is no path", ADVICE);
            return List.of();
        }
        if (!Files.isDirectory(root)) {
            problems.add(Place.of(directory), "", "there is no such directory", ADVICE);
            return List.of();
        }
        SourceFiles files = new SourceFiles(problems);
        files.collect(root, 0);
        FOLDERS.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .forEach(folder -> files.collect(folder, DEEPEST));
        if (files.found.stream().allMatch(file -> isCalendar(file.toString())) && problems.reported() == 0) {
            problems.add(
                    Place.of(directory),
                    "",
                    "holds no configuration file (*.yaml, *.yml), neither itself nor in its folders "
                            + String.join(", ", FOLDERS),
                    ADVICE);
        }
        return files.found;
    }

    private void collect(Path folder, int depth) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(".")) {
                    continue;
                }
                if (Files.isDirectory(entry)) {
                    if (depth > 0) {
                        collect(entry, depth - 1);
                    }
                } else if (name.endsWith(".yaml") || name.endsWith(".yml") || isCalendar(name)) {
                    found.add(entry);
                }
            }
        } catch (IOException e) {
            problems.add(
                    Place.of(folder.toString()),
                    "",
                    "cannot be listed",
                    "make it readable for the user that runs Lockstep");
        }
    }
}
