package dev.lockstep.delivery;

import dev.lockstep.port.SchemaReadings;
import dev.lockstep.port.SchemaReadings.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers who reads which version of a schema, and tells the ledger once an hour of each. What is lost with a node is
 * told again with the next read.
 */
final class ShapesSeen {

    private static final Duration TOLD = Duration.ofHours(1);

    private final SchemaReadings readings;
    private final Clock clock;
    private final Map<Reading, Instant> told = new ConcurrentHashMap<>();
    private final Set<Reading> news = ConcurrentHashMap.newKeySet();

    ShapesSeen(SchemaReadings readings, Clock clock) {
        this.readings = readings;
        this.clock = clock;
    }

    void saw(Caller caller, Shapes.Shape shape) {
        if (shape.schema() == null || shape.version() == null) {
            return;
        }
        Reading reading = new Reading(
                shape.schema().kind(), shape.version(), caller.identity().name());
        Instant last = told.get(reading);
        if (last == null || clock.instant().isAfter(last.plus(TOLD))) {
            news.add(reading);
        }
    }

    /** Writes what is new. */
    void flush() {
        Set<Reading> now = Set.copyOf(news);
        if (!now.isEmpty()) {
            readings.note(now);
            Instant at = clock.instant();
            now.forEach(each -> told.put(each, at));
            news.removeAll(now);
        }
    }
}
