package dev.lockstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of a configuration that the server looks at, with the names it knows them by. */
final class ConfigurationFiles {

    /** Other folders hold examples, schemas and the like. */
    private static final Set<String> FOLDERS = Set.of(
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

    private ConfigurationFiles() {}

    /** File names and texts: of one directory as a whole, or of single files. */
    static ObjectNode read(List<String> places, Terminal terminal) {
        ObjectNode files = Json.object();
        for (String place : places) {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                if (places.size() > 1) {
                    throw CliException.usage("Name one directory, or single files.");
                }
                directory(path, files, terminal);
            } else {
                files.put(Inputs.fileName(place), Inputs.text(place, terminal));
            }
        }
        if (files.isEmpty()) {
            throw CliException.usage("There is no .yaml or .yml file of a configuration in " + places.get(0) + ".");
        }
        return files;
    }

    private static void directory(Path directory, ObjectNode files, Terminal terminal) {
        try (Stream<Path> all = Files.walk(directory)) {
            all.filter(Files::isRegularFile)
                    .map(directory::relativize)
                    .filter(ConfigurationFiles::counts)
                    .sorted()
                    .forEach(file -> files.put(
                            file.toString().replace('\\', '/'),
                            Inputs.text(directory.resolve(file).toString(), terminal)));
        } catch (IOException e) {
            throw CliException.usage("The directory " + directory + " cannot be read; check its permissions.");
        }
    }

    private static boolean counts(Path file) {
        String text = file.toString();
        boolean hidden = Stream.of(text.split("[/\\\\]")).anyMatch(part -> part.startsWith("."));
        return !hidden
                && Stream.of(".yaml", ".yml", ".ics").anyMatch(text::endsWith)
                && (file.getNameCount() == 1 || FOLDERS.contains(file.getName(0).toString()));
    }
}
