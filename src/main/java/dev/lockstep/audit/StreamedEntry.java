package dev.lockstep.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A sealed entry in the form in which it leaves Lockstep, which is also the one that is verified offline. */
record StreamedEntry(long position, String hash, StoredEvent event) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line, without a line feed at its end. */
    String json() {
        ObjectNode line = JSON.createObjectNode();
        line.put("position", position);
        line.put("hash", hash);
        line.put("id", event.id());
        line.put("recorded_at", event.recordedAt().toString());
        line.put("recorded_at_micros", ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt()));
        line.put("actor", event.actor());
        line.put("action", event.action());
        line.put("phase", event.phase());
        line.put("subject", event.subject());
        line.put("operation", event.operation());
        line.put("details", event.details());
        return line.toString();
    }
}
