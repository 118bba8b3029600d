package dev.lockstep.policy;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.text.ICalReader;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Digests;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads blackouts from iCalendar files in the configuration directory. */
final class CalendarReader {

    private static final String ADVICE =
            "write the path of an iCalendar file in the configuration directory, for example" + " calendars/freeze.ics";

    /** A zone for which the calendar has rules of its own, or which every platform knows. */
    private static final int KNOWN_ZONE = 37;

    private final String root;
    private final Instant now;
    private final Map<String, Optional<Dates>> read = new HashMap<>();

    /**
     * @param root the directory below which calendars are
     * @param now what is over is left out
     */
    CalendarReader(String root, Instant now) {
        this.root = root;
        this.now = now;
    }

    /**
     * What a calendar says.
     *
     * @param blackouts each occurrence of each event in the years to come
     * @param digest changes with the file
     */
    record Dates(List<Blackout> blackouts, String digest) {}

    /** Empty when anything about it was refused. A calendar that several policies name is read once. */
    Optional<Dates> read(Fields fields) {
        Node path = fields.at("calendar").orElseThrow();
        Optional<ZoneId> zone = Zones.read(fields.at("zone"), fields.problems());
        if (path.text().isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        String key = path.text().get()
                + '\n'
                + zone.get()
                + '\n'
                + fields.text("reason").orElse("");
        return read.computeIfAbsent(
                key,
                unread -> file(path, fields.problems())
                        .flatMap(file -> SourceText.read(file, file.toString(), fields.problems())
                                .flatMap(text -> dates(file, text, zone.get(), fields))));
    }

    private Optional<Path> file(Node node, Problems problems) {
        try {
            Path directory = Path.of(root).toRealPath();
            Path relative = Path.of(node.text().orElseThrow());
            if (relative.isAbsolute()
                    || !directory.resolve(relative).normalize().startsWith(directory)) {
                problems.add(node, Echo.of(node) + " leads out of the configuration directory", ADVICE);
                return Optional.empty();
            }
            if (!Files.isRegularFile(directory.resolve(relative))) {
                problems.add(node, "there is no file " + Echo.of(node) + " in the configuration directory", ADVICE);
                return Optional.empty();
            }
            if (!directory.resolve(relative).toRealPath().startsWith(directory)) {
                problems.add(node, Echo.of(node) + " is a link out of the configuration directory", ADVICE);
                return Optional.empty();
            }
            return Optional.of(Path.of(root).resolve(relative).normalize());
        } catch (InvalidPathException | IOException e) {
            problems.add(node, Echo.of(node) + " is no path of a file that can be read", ADVICE);
            return Optional.empty();
        }
    }

    private Optional<Dates> dates(Path file, String text, ZoneId zone, Fields fields) {
        Problems problems = fields.problems();
        int before = problems.reported();
        CalendarLines lines = new CalendarLines(file.toString(), text, problems);
        lines.check();
        List<VEvent> events = new ArrayList<>();
        List<Blackout> found = new ArrayList<>();
        try (ICalReader reader = new ICalReader(new StringReader(text))) {
            for (ICalendar calendar = reader.readNext(); calendar != null; calendar = reader.readNext()) {
                reader.getWarnings().stream()
                        .filter(warning -> warning.getCode() == null || warning.getCode() != KNOWN_ZONE)
                        .forEach(warning -> refuse(lines, warning));
                events.addAll(calendar.getEvents());
                if (problems.reported() == before) {
                    found.addAll(new CalendarEvents(calendar, zone, fields.text("reason"), now).expand(lines));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
        if (events.isEmpty() && problems.reported() == before) {
            problems.add(
                    Place.of(file.toString()),
                    "",
                    "holds no calendar with events",
                    "export the calendar in the format iCalendar (RFC 5545)");
        }
        return problems.reported() == before
                ? Optional.of(new Dates(List.copyOf(found), Digests.sha256(text)))
                : Optional.empty();
    }

    private static void refuse(CalendarLines lines, ParseWarning warning) {
        String property = warning.getPropertyName();
        if (warning.getLineNumber() != null && property != null) {
            lines.refuse(warning.getLineNumber(), property, warning.getMessage());
        } else {
            lines.refuseZone(warning.getMessage());
        }
    }
}
