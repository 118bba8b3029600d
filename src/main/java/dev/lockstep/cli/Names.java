package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credentials that a command is about: named one by one, or in a file with one a line. */
final class Names {

    private Names() {}

    /** Throws when there is none, or a name is malformed. */
    static List<String> of(@Nullable List<String> arguments, @Nullable String file, Terminal terminal) {
        Set<String> names = new LinkedHashSet<>(arguments == null ? List.of() : arguments);
        if (file != null) {
            Inputs.text(file, terminal)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(names::add);
        }
        if (names.isEmpty()) {
            throw CliException.usage("Name the credentials, or a file with one a line: --file FILE.");
        }
        names.forEach(Addresses::credential);
        return new ArrayList<>(names);
    }
}
