package dev.lockstep.policy;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.property.DateOrDateTimeProperty;
import biweekly.util.Frequency;
import biweekly.util.ICalDate;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The events of a calendar, each time that they happen in the years to come. */
final class CalendarEvents {

    /** A calendar is read again at each start and reload, so nobody has to look farther. */
    static final Duration AHEAD = Duration.ofDays(5 * 366L);

    static final int MOST = 20_000;

    private static final Set<Frequency> TOO_OFTEN = EnumSet.of(Frequency.SECONDLY, Frequency.MINUTELY);
    private static final int LONGEST_REASON = 200;

    private final ICalendar calendar;
    private final ZoneId zone;
    private final Optional<String> reason;
    private final Instant now;
    private final Map<String, Set<Instant>> moved = new HashMap<>();
    private final List<Blackout> found = new ArrayList<>();

    /**
     * @param zone of days and times that name none
     * @param reason instead of what the calendar says
     * @param now what is over is left out
     */
    CalendarEvents(ICalendar calendar, ZoneId zone, Optional<String> reason, Instant now) {
        this.calendar = calendar;
        this.zone = zone;
        this.reason = reason;
        this.now = now;
    }

    List<Blackout> expand(CalendarLines lines) {
        for (VEvent event : calendar.getEvents()) {
            if (event.getRecurrenceId() != null) {
                moved.computeIfAbsent(uid(event), uid -> new HashSet<>())
                        .add(moment(
                                event.getRecurrenceId(), event.getRecurrenceId().getValue()));
            }
        }
        for (VEvent event : calendar.getEvents()) {
            if (event.getDateStart() == null) {
                lines.refuse(lines.lineOf(uid(event)), "DTSTART", "is missing from the event");
            } else if (event.getRecurrenceRule() != null
                    && TOO_OFTEN.contains(event.getRecurrenceRule().getValue().getFrequency())) {
                lines.refuse(lines.lineOf(uid(event)), "RRULE", "repeats the event more often than each hour");
            } else if (event.getStatus() == null || !event.getStatus().isCancelled()) {
                expand(event);
            }
            if (found.size() > MOST) {
                lines.refuse(lines.lineOf(uid(event)), "RRULE", "makes more than " + MOST + " events within 5 years");
                return List.of();
            }
        }
        return found;
    }

    private void expand(VEvent event) {
        Set<Instant> elsewhere = event.getRecurrenceId() == null ? moved.getOrDefault(uid(event), Set.of()) : Set.of();
        DateIterator times = event.getDateIterator(iterated(event.getDateStart()));
        Instant end = now.plus(AHEAD);
        while (times.hasNext() && found.size() <= MOST) {
            Date time = times.next();
            Instant from = moment(event.getDateStart(), time);
            if (from.isAfter(end)) {
                return;
            }
            Instant to = end(event, time, from);
            if (to.isAfter(now) && from.isBefore(to) && !elsewhere.contains(from)) {
                found.add(new Blackout(new Span(from, to), words(event)));
            }
        }
    }

    private Instant end(VEvent event, Date time, Instant from) {
        ICalDate start = event.getDateStart().getValue();
        if (event.getDateEnd() != null) {
            ICalDate end = event.getDateEnd().getValue();
            if (!start.hasTime()) {
                long days = ChronoUnit.DAYS.between(
                        local(start).toLocalDate(), local(end).toLocalDate());
                return day(time, Math.max(1, days));
            }
            return from.plus(Duration.between(moment(event.getDateStart(), start), moment(event.getDateEnd(), end)));
        }
        if (event.getDuration() != null) {
            return from.plusMillis(event.getDuration().getValue().toMillis());
        }
        return start.hasTime() ? from : day(time, 1);
    }

    private Instant day(Date time, long later) {
        return local(time).toLocalDate().plusDays(later).atStartOfDay(zone).toInstant();
    }

    /** What names no zone was read as if it were a time of this machine. */
    private Instant moment(DateOrDateTimeProperty property, Date value) {
        boolean named = timezone(property) != null || isUtc(property);
        return named ? value.toInstant() : local(value).atZone(zone).toInstant();
    }

    private TimeZone iterated(DateOrDateTimeProperty property) {
        TimezoneAssignment named = timezone(property);
        return named != null
                ? named.getTimeZone()
                : isUtc(property) ? TimeZone.getTimeZone("UTC") : TimeZone.getDefault();
    }

    private @Nullable TimezoneAssignment timezone(DateOrDateTimeProperty property) {
        return property.getValue().hasTime() ? calendar.getTimezoneInfo().getTimezone(property) : null;
    }

    private boolean isUtc(DateOrDateTimeProperty property) {
        return property.getValue().hasTime() && !calendar.getTimezoneInfo().isFloating(property);
    }

    private static LocalDateTime local(Date value) {
        return LocalDateTime.ofInstant(value.toInstant(), ZoneId.systemDefault());
    }

    private static String uid(VEvent event) {
        return event.getUid() == null || event.getUid().getValue() == null
                ? ""
                : event.getUid().getValue();
    }

    private String words(VEvent event) {
        String summary = event.getSummary() == null || event.getSummary().getValue() == null
                ? "blackout"
                : event.getSummary().getValue().strip();
        String words = reason.orElse(summary);
        return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON);
    }
}
