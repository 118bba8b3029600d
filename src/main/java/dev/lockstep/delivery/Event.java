package dev.lockstep.delivery;

import dev.lockstep.domain.VersionChange;

/** What programs that listen are told, as server-sent events. Names and numbers have no sign that JSON would escape. */
final class Event {

    private Event() {}

    /** One change of a version: its name and number. */
    static String of(VersionChange change) {
        return "id: %d\nevent: %s\ndata: {\"credential\":\"%s\",\"version\":%d}\n\n"
                .formatted(
                        change.place(),
                        change.sort(),
                        change.ref().credential().value(),
                        change.ref().version());
    }

    /** The beginning of a stream: what comes after a place is told. */
    static String begun(long place) {
        return "id: %d\n: read now, and again after each event\n\n".formatted(place);
    }

    /** Nothing has happened; what the program may not read has gone by. */
    static String alive(long place) {
        return "id: %d\n: still here\n\n".formatted(place);
    }

    /** What happened since the program listened last is not known any more. */
    static String missed(long place) {
        return "id: %d\nevent: missed\ndata: {}\n\n".formatted(place);
    }
}
