package dev.lockstep.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The workers of a dispatcher, and where they are at work. One that has been at work for long is held up, most likely
 * by a target that hangs, and a stand-in takes its place: as many of them as there are.
 */
final class Crew {

    /** Nearly everything takes less. */
    static final Duration HELD_UP_AFTER = Duration.ofSeconds(2);

    private final int workers;
    private final int standIns;
    private final LongSupplier nanos;
    private final Map<Object, Post> posts = new HashMap<>();

    /** @param nanos a clock that nobody can set, as {@link System#nanoTime} */
    Crew(int workers, int standIns, LongSupplier nanos) {
        this.workers = workers;
        this.standIns = standIns;
        this.nanos = nanos;
    }

    /** Most that can be at work at once. */
    int most() {
        return workers + standIns;
    }

    /** Returns what the worker is to hand in at its {@link #ends end}. */
    synchronized Object begins(String place) {
        Object worker = new Object();
        posts.put(worker, new Post(place, nanos.getAsLong()));
        return worker;
    }

    synchronized void ends(Object worker) {
        posts.remove(worker);
    }

    synchronized Roll roll() {
        long now = nanos.getAsLong();
        Map<String, Integer> at = new HashMap<>();
        Set<String> holding = new HashSet<>();
        int heldUp = 0;
        Duration next = HELD_UP_AFTER;
        for (Post post : posts.values()) {
            at.merge(post.place(), 1, Integer::sum);
            Duration left = HELD_UP_AFTER.minusNanos(now - post.since());
            if (left.isNegative() || left.isZero()) {
                heldUp++;
                holding.add(post.place());
            } else if (left.compareTo(next) < 0) {
                next = left;
            }
        }
        int free = Math.max(0, workers + Math.min(standIns, heldUp) - posts.size());
        return new Roll(free, posts.size() - heldUp, at, holding, next);
    }

    private record Post(String place, long since) {}

    /**
     * The crew at one moment.
     *
     * @param free how many could begin now
     * @param busy how many are at work and not held up
     * @param at how many are at work, by place
     * @param holding places that hold somebody up
     * @param next after so long another one may be held up
     */
    record Roll(int free, int busy, Map<String, Integer> at, Set<String> holding, Duration next) {

        /** With work that is going to begin. */
        Roll with(List<WorkSource.Work> more) {
            Map<String, Integer> all = new HashMap<>(at);
            more.forEach(work -> all.merge(work.place(), 1, Integer::sum));
            return new Roll(free - more.size(), busy + more.size(), all, holding, next);
        }
    }
}
