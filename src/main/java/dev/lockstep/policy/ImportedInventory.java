package dev.lockstep.policy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.InventoryFiles;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads and writes the inventory as files. What is read becomes documents and nothing else. */
final class ImportedInventory implements InventoryFiles {

    private static final String FILE = "import";
    private static final String KIND = "kind";
    private static final String ONLY_CREDENTIALS =
            "an import holds credentials: a list of them, or documents of that kind";

    private final Function<List<Node>, List<ConfigurationError>> check;
    private final Schemas schemas = new Schemas();
    private final Catalog catalog;
    private final Supplier<List<InventoryEntry>> inventory;

    /** @param check what is wrong with documents beside the configuration, wherever it stands */
    ImportedInventory(
            Function<List<Node>, List<ConfigurationError>> check,
            Catalog catalog,
            Supplier<List<InventoryEntry>> inventory) {
        this.check = check;
        this.catalog = catalog;
        this.inventory = inventory;
    }

    @Override
    public Draft draft(Format format, byte[] file) {
        Problems problems = new Problems();
        List<Node> fresh = new ArrayList<>();
        List<String> known = new ArrayList<>();
        Set<String> configured = catalog.credentials().stream()
                .map(credential -> credential.name().value())
                .collect(Collectors.toSet());
        for (Node entry : entries(format, file, problems)) {
            Optional<String> name = entry.text("name");
            if (name.isPresent() && configured.contains(name.get())) {
                known.add(name.get());
            } else {
                fresh.add(entry);
            }
        }
        List<ConfigurationError> errors = new ArrayList<>(problems.sorted());
        if (errors.isEmpty()) {
            check.apply(fresh).stream()
                    .filter(error -> error.file().equals(FILE))
                    .forEach(errors::add);
        }
        if (!errors.isEmpty()) {
            return new Draft(
                    0,
                    List.of(),
                    "",
                    errors.stream().map(ImportedInventory::problem).toList());
        }
        List<String> documents =
                fresh.stream().map(node -> CredentialYaml.of(node.json())).toList();
        return new Draft(fresh.size(), known, String.join("---\n", documents), List.of());
    }

    private static Problem problem(ConfigurationError error) {
        return new Problem(error.line(), error.column(), error.field(), error.problem(), error.advice());
    }

    private List<Node> entries(Format format, byte[] file, Problems problems) {
        List<Node> documents = format == Format.CSV
                ? SourceText.read(file, FILE, problems)
                        .map(text -> new CsvInventory(FILE, problems).read(text))
                        .orElse(List.of())
                : YamlReader.read(file, FILE, problems);
        List<Node> entries = new ArrayList<>();
        for (Node document : documents) {
            if (document instanceof Node.Sequence list) {
                list.items().forEach(item -> add(item, entries, problems));
            } else {
                add(document, entries, problems);
            }
        }
        if (entries.isEmpty() && problems.reported() == 0) {
            problems.add(Place.of(FILE), "", "holds no credential", ONLY_CREDENTIALS);
        }
        return entries;
    }

    private void add(Node node, List<Node> entries, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node, "is no credential", ONLY_CREDENTIALS);
            return;
        }
        Optional<Node> kind = mapping.at(KIND);
        if (kind.isPresent()
                && kind.get()
                        .text()
                        .flatMap(Kind::of)
                        .filter(Kind.CREDENTIAL::equals)
                        .isEmpty()) {
            problems.add(kind.get(), Echo.of(kind.get()) + " is not imported", ONLY_CREDENTIALS);
            return;
        }
        Map<String, Node> fields = new LinkedHashMap<>();
        fields.put(KIND, kind.orElseGet(() -> label(mapping)));
        fields.putAll(mapping.fields());
        fields.remove("state");
        Node.Mapping document = new Node.Mapping(mapping.place(), mapping.key(), mapping.path(), fields);
        List<Node> single = CredentialDocuments.of(document);
        if (single.size() != 1 || single.get(0) != document) {
            schemas.check(Kind.CREDENTIAL.schema(), document, problems);
        }
        entries.addAll(single);
    }

    private static Node label(Node.Mapping mapping) {
        TextNode text = TextNode.valueOf("Credential");
        return new Node.Scalar(mapping.place(), mapping.key(), KIND, text, text.asText());
    }

    @Override
    public void export(Format format, Reach reach, Writer out) throws IOException {
        List<Credential> seen = catalog.credentials().stream()
                .filter(credential -> reach.sees(credential.name()))
                .toList();
        new ExportedInventory(seen, inventory.get()).write(format, out);
    }
}
