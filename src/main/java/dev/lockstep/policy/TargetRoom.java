package dev.lockstep.policy;

import dev.lockstep.domain.Rate;
import dev.lockstep.domain.TargetLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/** How much of a target's limits is used up in a forecast. Whoever comes first goes first. */
final class TargetRoom {

    /** What a rotation keeps its place for; most take less. */
    static final Duration EACH = Duration.ofSeconds(10);

    private final TargetLimits limits;
    private final PriorityQueue<Instant> ends = new PriorityQueue<>();

    /** As many as may begin within the span of the rate. */
    private final Deque<Instant> begun = new ArrayDeque<>();

    TargetRoom(TargetLimits limits) {
        this.limits = limits;
    }

    /** When a rotation that is due then can begin. */
    Instant from(Instant due) {
        leave(due);
        Instant first = ends.peek();
        Instant begins = first == null || ends.size() < limits.concurrency() ? due : first;
        return limits.rate()
                .filter(this::full)
                .map(rate -> begun.getFirst().plus(rate.per()))
                .filter(begins::isBefore)
                .orElse(begins);
    }

    /** A rotation begins; what was waited for has left. */
    void take(Instant begins) {
        if (ends.size() >= limits.concurrency()) {
            ends.remove();
        }
        ends.add(begins.plus(EACH));
        limits.rate().ifPresent(rate -> {
            if (full(rate)) {
                begun.removeFirst();
            }
            begun.addLast(begins);
        });
    }

    private boolean full(Rate rate) {
        return begun.size() == rate.operations();
    }

    private void leave(Instant now) {
        for (Instant end = ends.peek(); end != null && !end.isAfter(now); end = ends.peek()) {
            ends.remove();
        }
    }
}
