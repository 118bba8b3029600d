package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stretches of time in which rotations may begin: inside a window, outside of every blackout. */
public final class Openings {

    /** What is shorter is not planned for: by the time that a worker has taken the rotation it could be over. */
    static final Duration SHORTEST = Duration.ofMinutes(1);

    /** Nothing that anybody waits for is farther away. */
    private static final Duration FARTHEST = Duration.ofDays(20 * 365L);

    private final List<Window> windows;
    private final Blackouts blackouts;

    private Openings(Timing timing) {
        this.windows = timing.windows();
        this.blackouts = timing.blackouts();
    }

    /** Those of a policy's timing. */
    public static Openings of(Timing timing) {
        return new Openings(timing);
    }

    /** Whether a rotation may begin at this moment. */
    public boolean open(Instant moment) {
        return blackouts.at(moment).isEmpty()
                && (windows.isEmpty()
                        || windows.stream()
                                .anyMatch(window -> window.first(moment).contains(moment)));
    }

    /** The rest of the opening that the moment lies in, or else the next one; empty when there is none in sight. */
    public Optional<Span> next(Instant moment) {
        Instant end = moment.plus(FARTHEST);
        Instant from = moment;
        while (from.isBefore(end)) {
            Span window = window(from);
            Instant begin = later(window.from(), from);
            Optional<Blackout> within = blackouts.at(begin);
            if (within.isPresent()) {
                from = within.get().span().to();
                continue;
            }
            Instant close = blackouts
                    .after(begin)
                    .map(blackout -> earlier(blackout.span().from(), window.to()))
                    .orElse(window.to());
            if (!close.isBefore(begin.plus(SHORTEST))) {
                return Optional.of(new Span(begin, close));
            }
            from = close;
        }
        return Optional.empty();
    }

    /** The last opening before {@code before}, as far as it lies between the two; empty when there is none. */
    Optional<Span> last(Instant earliest, Instant before) {
        Instant to = before;
        while (to.isAfter(earliest)) {
            Span window = windowBefore(to);
            Instant close = earlier(window.to(), to);
            if (!close.isAfter(earliest)) {
                return Optional.empty();
            }
            Optional<Span> last = blackouts.before(close.minusNanos(1)).map(Blackout::span);
            if (last.isPresent() && !last.get().to().isBefore(close)) {
                to = last.get().from();
                continue;
            }
            Instant begin =
                    later(later(window.from(), earliest), last.map(Span::to).orElse(earliest));
            if (!close.isBefore(begin.plus(SHORTEST))) {
                return Optional.of(new Span(begin, close));
            }
            to = begin;
        }
        return Optional.empty();
    }

    /** Open then or next; one that closes too soon goes on with another one that is open as it closes. */
    private Span window(Instant from) {
        Span window = first(from);
        Instant enough = later(window.from(), from).plus(SHORTEST);
        while (window.to().isBefore(enough)) {
            Span more = first(window.to());
            if (more.from().isAfter(window.to())) {
                break;
            }
            window = new Span(window.from(), more.to());
        }
        return window;
    }

    private Span first(Instant from) {
        return windows.stream()
                .map(window -> window.first(from))
                .min(Comparator.comparing((Span window) -> later(window.from(), from))
                        .thenComparing(Span::to, Comparator.reverseOrder()))
                .orElseGet(() -> new Span(from, from.plus(FARTHEST)));
    }

    /** The same, looking back. */
    private Span windowBefore(Instant to) {
        Span window = last(to);
        Instant enough = earlier(window.to(), to).minus(SHORTEST);
        while (window.from().isAfter(enough)) {
            Span more = last(window.from());
            if (more.to().isBefore(window.from())) {
                break;
            }
            window = new Span(more.from(), window.to());
        }
        return window;
    }

    private Span last(Instant to) {
        return windows.stream()
                .map(window -> window.last(to))
                .max(Comparator.comparing((Span window) -> earlier(window.to(), to))
                        .thenComparing(Span::from, Comparator.reverseOrder()))
                .orElseGet(() -> new Span(to.minus(FARTHEST), to));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
