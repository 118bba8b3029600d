package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Reads a blackout that stands in a policy itself. */
final class BlackoutReader {

    private static final String ADVICE = "write a day such as 2026-12-20 or a time such as 2026-12-20T18:00";

    private BlackoutReader() {}

    /** A day is meant from its beginning, and to its end. */
    static Optional<Blackout> read(Fields fields) {
        Optional<ZoneId> zone = Zones.read(fields.at("zone"), fields.problems());
        if (zone.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> from = fields.at("from").flatMap(node -> moment(node, zone.get(), 0, fields.problems()));
        Optional<Instant> to = fields.at("to").flatMap(node -> moment(node, zone.get(), 1, fields.problems()));
        if (fields.at("from").isEmpty()) {
            fields.problems()
                    .add(fields.document(), "says neither from and to nor a calendar", "add from and to: " + ADVICE);
        }
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(to.get())) {
            Node end = fields.at("to").orElseThrow();
            fields.problems().add(end, Echo.of(end) + " is not after its beginning", "exchange from and to");
            return Optional.empty();
        }
        return Optional.of(new Blackout(
                new Span(from.get(), to.get()), fields.text("reason").orElse("blackout")));
    }

    private static Optional<Instant> moment(Node node, ZoneId zone, int wholeDays, Problems problems) {
        try {
            return node.text()
                    .map(text -> text.contains("T")
                            ? LocalDateTime.parse(text).atZone(zone).toInstant()
                            : LocalDate.parse(text)
                                    .plusDays(wholeDays)
                                    .atStartOfDay(zone)
                                    .toInstant());
        } catch (DateTimeException e) {
            problems.add(node, Echo.of(node) + " is neither a day nor a time", ADVICE);
            return Optional.empty();
        }
    }
}
