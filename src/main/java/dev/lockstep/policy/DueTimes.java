package dev.lockstep.policy;

import dev.lockstep.domain.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.springframework.scheduling.support.CronExpression;

/** When a credential is due next. */
public final class DueTimes {

    private DueTimes() {}

    /**
     * The first due time after {@code after}, which is the last rotation or the present; empty when there is none.
     *
     * <p>A cron time that the clocks skip in spring is due once, right after the gap; one that they repeat in autumn is
     * due once, the first time.
     */
    public static Optional<Instant> next(Schedule schedule, Instant after) {
        if (schedule instanceof Schedule.Interval interval) {
            return Optional.of(after.plus(interval.every()));
        }
        if (schedule instanceof Schedule.Cron cron) {
            return next(CronExpression.parse(cron.expression()), cron.zone(), after);
        }
        return Optional.empty();
    }

    /** The first time of the expression after {@code after}; empty when it never fires again. */
    static Optional<Instant> next(CronExpression expression, ZoneId zone, Instant after) {
        LocalDateTime local = expression.next(LocalDateTime.ofInstant(after, zone));
        while (local != null) {
            Instant due = instant(local, zone);
            if (due.isAfter(after)) {
                return Optional.of(due);
            }
            local = expression.next(local);
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        ZoneOffset before = transition.getOffsetBefore();
        return transition.isGap() ? transition.getInstant() : local.toInstant(before);
    }
}
