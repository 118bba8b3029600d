package dev.lockstep.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.InventoryFiles.Format;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes credentials one after the other: what the configuration says, and how they stand. */
final class ExportedInventory {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> STATES =
            List.of("status", "next-rotation-at", "expires-at", "last-rotated-at", "last-outcome", "last-failure");

    private final Collection<Credential> credentials;
    private final Map<CredentialName, InventoryEntry> entries;

    ExportedInventory(Collection<Credential> credentials, List<InventoryEntry> entries) {
        this.credentials = credentials;
        this.entries = entries.stream().collect(Collectors.toMap(InventoryEntry::name, Function.identity()));
    }

    void write(Format format, Writer out) throws IOException {
        List<Credential> sorted = credentials.stream()
                .sorted(Comparator.comparing(Credential::name))
                .toList();
        switch (format) {
            case CSV -> csv(sorted, out);
            case JSON -> json(sorted, out);
            case YAML -> yaml(sorted, out);
        }
    }

    private void csv(List<Credential> sorted, Writer out) throws IOException {
        out.write(Csv.row(Stream.concat(
                        CredentialFields.ALL.stream(), STATES.stream().map(state -> CsvInventory.STATE + state))
                .toList()));
        for (Credential credential : sorted) {
            out.write(Csv.row(CsvInventory.row(CredentialFields.of(credential), state(credential), STATES)));
        }
    }

    private void json(List<Credential> sorted, Writer out) throws IOException {
        String before = "[\n";
        for (Credential credential : sorted) {
            ObjectNode fields = CredentialFields.of(credential);
            ObjectNode state = fields.putObject("state");
            state(credential).forEach(state::put);
            out.write(before);
            out.write(MAPPER.writeValueAsString(fields));
            before = ",\n";
        }
        out.write(sorted.isEmpty() ? "[]\n" : "\n]\n");
    }

    private void yaml(List<Credential> sorted, Writer out) throws IOException {
        String before = "";
        for (Credential credential : sorted) {
            out.write(before);
            out.write(CredentialYaml.comment(state(credential)));
            out.write(CredentialYaml.of(CredentialFields.of(credential)));
            before = "---\n";
        }
    }

    private Map<String, String> state(Credential credential) {
        InventoryEntry entry = entries.get(credential.name());
        Map<String, String> state = new LinkedHashMap<>();
        if (entry == null) {
            state.put("status", "not adopted yet");
            return state;
        }
        state.put("status", word(entry.status().name()));
        put(state, "next-rotation-at", entry.nextRotationAt());
        put(state, "expires-at", entry.expiresAt());
        put(state, "last-rotated-at", entry.lastRotatedAt());
        if (entry.lastOutcome() != null) {
            state.put("last-outcome", entry.lastOutcome().label());
        }
        if (entry.lastFailure() != null) {
            state.put("last-failure", entry.lastFailure().anchor());
        }
        return state;
    }

    private static void put(Map<String, String> state, String key, @Nullable Instant at) {
        if (at != null) {
            state.put(key, at.toString());
        }
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
