package dev.lockstep.policy;

import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.port.Configurations.Action;
import dev.lockstep.port.Configurations.Change;
import dev.lockstep.port.SchemaReadings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells with each change of a schema who has read which version of it lately. */
final class SchemaReaders {

    private static final int DAYS = 30;
    private static final int MOST_NAMED = 10;

    private final SchemaReadings readings;
    private final Clock clock;

    SchemaReaders(SchemaReadings readings, Clock clock) {
        this.readings = readings;
        this.clock = clock;
    }

    /** The same changes, with notes at those of schemas. */
    List<Change> noted(List<Change> changes) {
        if (changes.stream().noneMatch(SchemaReaders::isMeant)) {
            return changes;
        }
        List<SchemaReadings.Reading> lately = readings.since(clock.instant().minus(Duration.ofDays(DAYS)));
        return changes.stream()
                .map(change -> isMeant(change) ? noted(change, lately) : change)
                .toList();
    }

    private static boolean isMeant(Change change) {
        return change.kind().equals(Kind.SECRET_SCHEMA.schema()) && change.action() != Action.CREATE;
    }

    private static Change noted(Change change, List<SchemaReadings.Reading> lately) {
        SortedMap<SchemaVersion, List<String>> readers = lately.stream()
                .filter(reading -> reading.kind().equals(change.name()))
                .collect(Collectors.groupingBy(
                        SchemaReadings.Reading::version,
                        TreeMap::new,
                        Collectors.mapping(SchemaReadings.Reading::identity, Collectors.toList())));
        StringBuilder note = new StringBuilder();
        readers.forEach((version, names) -> note.append(note.isEmpty() ? "within " + DAYS + " days " : "; ")
                .append(version)
                .append(" was read by ")
                .append(named(names)));
        String text = note.isEmpty() ? "nobody has read it within " + DAYS + " days" : note.toString();
        return new Change(
                change.action(),
                change.kind(),
                change.name(),
                change.fields(),
                change.dueBefore(),
                change.dueAfter(),
                text);
    }

    private static String named(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
        return names.size() > MOST_NAMED ? first + " and " + (names.size() - MOST_NAMED) + " more" : first;
    }
}
