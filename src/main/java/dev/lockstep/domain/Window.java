package dev.lockstep.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When maintenance is allowed on some days of each week, by the clocks of a place.
 *
 * <p>A time that the clocks skip counts as the moment right after the gap; a window that lies in the gap does not open
 * that day. Of a time that comes twice, the one is taken with which the clocks never show a time outside the window.
 *
 * @param days on which it opens
 * @param from the time at which it opens
 * @param to the time at which it closes, on the next day when that is not after {@code from}
 * @param zone whose clocks are meant
 */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    /** A zone may skip one whole day, so the next opening on a day of the week can be two weeks and a day away. */
    private static final int FARTHEST = 15;

    public Window {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window opens on at least one day");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }

    /** The first opening that ends after the moment. */
    public Span first(Instant after) {
        LocalDate day = LocalDate.ofInstant(after, zone).minusDays(1);
        for (int i = 0; i <= FARTHEST; i++, day = day.plusDays(1)) {
            Optional<Span> opening = on(day);
            if (opening.isPresent() && opening.get().to().isAfter(after)) {
                return opening.get();
            }
        }
        throw never();
    }

    /** The last opening that begins before the moment. */
    public Span last(Instant before) {
        LocalDate day = LocalDate.ofInstant(before, zone);
        for (int i = 0; i <= FARTHEST; i++, day = day.minusDays(1)) {
            Optional<Span> opening = on(day);
            if (opening.isPresent() && opening.get().from().isBefore(before)) {
                return opening.get();
            }
        }
        throw never();
    }

    private Optional<Span> on(LocalDate day) {
        if (!days.contains(day.getDayOfWeek())) {
            return Optional.empty();
        }
        LocalDateTime opens = day.atTime(from);
        LocalDateTime closes = (to.isAfter(from) ? day : day.plusDays(1)).atTime(to);
        ZoneOffsetTransition repeated = transition(opens);
        boolean closesInTheSame = repeated != null && repeated.equals(transition(closes));
        Instant begin = instant(opens, repeated, !closesInTheSame);
        Instant end = instant(closes, transition(closes), false);
        return begin.isBefore(end) ? Optional.of(new Span(begin, end)) : Optional.empty();
    }

    private @Nullable ZoneOffsetTransition transition(LocalDateTime local) {
        return zone.getRules().getTransition(local);
    }

    private Instant instant(LocalDateTime local, @Nullable ZoneOffsetTransition transition, boolean second) {
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        if (transition.isGap()) {
            return transition.getInstant();
        }
        return local.toInstant(second ? transition.getOffsetAfter() : transition.getOffsetBefore());
    }

    private IllegalStateException never() {
        return new IllegalStateException("the window " + this + " has not opened for two weeks");
    }
}
