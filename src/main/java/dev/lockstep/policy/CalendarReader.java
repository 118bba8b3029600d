package dev.lockstep.policy;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.text.ICalReader;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Digests;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads blackouts from the iCalendar files of a configuration. */
final class CalendarReader {

    private static final String ADVICE =
            "put the iCalendar file into the folder calendars of the configuration directory, and write for example"
                    + " calendars/freeze.ics";

    /** A zone for which the calendar has rules of its own, or which every platform knows. */
    private static final int KNOWN_ZONE = 37;

    private final Sources sources;
    private final Instant now;
    private final Map<String, Optional<Dates>> read = new HashMap<>();

    /**
     * @param sources the files of the configuration, calendars among them
     * @param now what is over is left out
     */
    CalendarReader(Sources sources, Instant now) {
        this.sources = sources;
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
        fields.at("to")
                .ifPresent(to -> fields.problems()
                        .add(
                                to,
                                "says when, and so does the calendar",
                                "take to away, or write from and to without calendar"));
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
                        .flatMap(file -> text(file, fields.problems())
                                .flatMap(text -> dates(sources.label(file), text, zone.get(), fields))));
    }

    /** The name of the file among those of the configuration. */
    private Optional<String> file(Node node, Problems problems) {
        String name = node.text().orElseThrow();
        boolean outside = name.startsWith("/") || List.of(name.split("[/\\\\]")).contains("..");
        if (outside) {
            problems.add(node, Echo.of(node) + " leads out of the configuration directory", ADVICE);
        } else if (!SourceFiles.isCalendar(name) || !sources.files().containsKey(name)) {
            problems.add(node, "there is no file " + Echo.of(node) + " in the configuration directory", ADVICE);
        } else {
            return Optional.of(name);
        }
        return Optional.empty();
    }

    private Optional<String> text(String name, Problems problems) {
        return SourceText.read(Objects.requireNonNull(sources.files().get(name)), sources.label(name), problems);
    }

    private Optional<Dates> dates(String file, String text, ZoneId zone, Fields fields) {
        Problems problems = fields.problems();
        int before = problems.reported();
        CalendarLines lines = new CalendarLines(file, text, problems);
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
                    Place.of(file),
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
