package dev.lockstep.policy;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads time zones. */
final class Zones {

    private Zones() {}

    /** UTC when there is no field; empty when it was refused. */
    static Optional<ZoneId> read(Optional<Node> field, Problems problems) {
        return field.isEmpty() ? Optional.of(ZoneOffset.UTC) : field.flatMap(node -> zone(node, problems));
    }

    private static Optional<ZoneId> zone(Node node, Problems problems) {
        try {
            return node.text().map(ZoneId::of);
        } catch (DateTimeException e) {
            problems.add(node, Echo.of(node) + " is no known time zone", "write UTC or a region such as Europe/Berlin");
            return Optional.empty();
        }
    }
}
