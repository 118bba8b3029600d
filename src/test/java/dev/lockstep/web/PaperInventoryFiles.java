package dev.lockstep.web;

import dev.lockstep.domain.Reach;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.InventoryFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Takes the name in each line, and refuses those that are none. */
@TestComponent
class PaperInventoryFiles implements InventoryFiles {

    private final Catalog catalog;

    PaperInventoryFiles(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Draft draft(Format format, byte[] file) {
        List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
        List<Problem> problems = lines.stream()
                .filter(line -> line.contains(".."))
                .map(line -> new Problem(lines.indexOf(line) + 1, 1, "name", "is not accepted", "write a name"))
                .toList();
        return new Draft(lines.size(), List.of(), format + "\n" + String.join("\n", lines), problems);
    }

    @Override
    public void export(Format format, Reach reach, Writer out) throws IOException {
        out.write(format.toString());
        for (var credential : catalog.credentials()) {
            out.write("\n" + credential.name());
        }
    }
}
