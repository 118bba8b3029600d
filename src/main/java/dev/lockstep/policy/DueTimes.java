package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.springframework.scheduling.support.CronExpression;

/** When a credential is due next: what the schedule says, moved into an opening and spread, before it gets too old. */
public final class DueTimes {

    /** A rotation takes time, and may have to be tried twice. */
    private static final Duration LONGEST_LEAD = Duration.ofHours(1);

    private static final int LEAD_SHARE = 10;

    /** There are as many as policies that anybody has written since the start; parsing takes longer than asking. */
    private static final Map<String, CronExpression> PARSED = new ConcurrentHashMap<>();

    private DueTimes() {}

    /**
     * When a credential is due that has just been rotated, or that has just been seen for the first time.
     *
     * @param now the moment of the rotation
     */
    public static Due after(Policy policy, CredentialName name, Instant now) {
        return next(policy, name, new Since(now, now, now));
    }

    /**
     * What a due time is computed from.
     *
     * @param counted from when on the schedule counts
     * @param secret when the secret came into use
     * @param now what is due already is due at the first opening from here on
     */
    public record Since(Instant counted, Instant secret, Instant now) {}

    /**
     * When a credential is due.
     *
     * <p>Put off by the jitter, or into the next opening; but when it would pass the maximum age by that, it is due
     * earlier: in the last opening before, though not in the first half of the time. When there is none, it is due as
     * late as the openings want it, and {@link Due#misses} tells.
     */
    public static Due next(Policy policy, CredentialName name, Since since) {
        Due due = moment(policy, name, since);
        return new Due(due.at(), due.by(), rule(policy));
    }

    /** The same without the rule. */
    static Due moment(Policy policy, CredentialName name, Since since) {
        Timing timing = policy.timing();
        Instant by = timing.maximumAge().map(since.secret()::plus).orElse(null);
        Instant counted =
                policy.schedule() instanceof Schedule.Cron ? later(since.counted(), since.now()) : since.counted();
        Optional<Instant> wanted = next(policy.schedule(), counted);
        if (wanted.isEmpty()) {
            return new Due(null, by, null);
        }
        Openings openings = Openings.of(timing);
        double share = share(name);
        Instant at = openings.next(later(wanted.get(), since.now()))
                .map(opening -> opening.from().plus(part(share, shorter(timing.jitter(), opening))))
                .orElse(wanted.get());
        if (by != null) {
            Instant latest = by.minus(lead(timing.maximumAge().orElseThrow()));
            if (at.isAfter(latest)) {
                at = earlier(openings, timing, share, halfWay(since, wanted.get(), by), latest)
                        .orElse(at);
            }
        }
        return new Due(at, by, null);
    }

    /** When a rotation that may not begin now may begin, spread by the jitter; empty when it may begin now. */
    public static Optional<Instant> postponed(Policy policy, CredentialName name, Instant now) {
        Openings openings = Openings.of(policy.timing());
        if (openings.open(now)) {
            return Optional.empty();
        }
        return openings.next(now)
                .map(opening -> opening.from()
                        .plus(part(share(name), shorter(policy.timing().jitter(), opening))))
                .or(() -> Optional.of(now.plus(Duration.ofDays(1))));
    }

    /** Not in the first half, or else a blackout would be met with ever more frequent rotations. */
    private static Instant halfWay(Since since, Instant wanted, Instant by) {
        Instant end = wanted.isBefore(by) ? wanted : by;
        Instant half =
                since.counted().plus(Duration.between(since.counted(), end).dividedBy(2));
        return later(half, since.now());
    }

    private static Optional<Instant> earlier(
            Openings openings, Timing timing, double share, Instant earliest, Instant latest) {
        return openings.last(earliest, latest).map(opening -> {
            Duration spread = shorter(timing.jitter(), opening);
            return opening.to().minus(Openings.SHORTEST).minus(spread).plus(part(share, spread));
        });
    }

    /** How long before the maximum age a rotation should begin at the latest. */
    static Duration lead(Duration maximumAge) {
        Duration part = maximumAge.dividedBy(LEAD_SHARE);
        return part.compareTo(LONGEST_LEAD) < 0 ? part : LONGEST_LEAD;
    }

    /** As long as the jitter wants, but so that it can still begin in the opening. */
    private static Duration shorter(Duration jitter, Span opening) {
        Duration room = Duration.between(opening.from(), opening.to()).minus(Openings.SHORTEST);
        return jitter.compareTo(room) < 0 ? jitter : room;
    }

    private static Duration part(double share, Duration whole) {
        return Duration.ofSeconds((long) (share * whole.toSeconds()));
    }

    /** The same for a name for ever, and evenly spread from 0 to 1 over many names. */
    static double share(CredentialName name) {
        CRC32C checksum = new CRC32C();
        checksum.update(name.value().getBytes(StandardCharsets.UTF_8));
        return mixed(checksum.getValue()) / (double) (1L << 53);
    }

    /** Names that differ in one digit have checksums that are near each other in a pattern. */
    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 16)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return (mixed ^ (mixed >>> 32)) >>> 11;
    }

    /** Stands for all of the policy that due times depend on. */
    public static String rule(Policy policy) {
        return Digests.sha256(policy.schedule() + "\n" + policy.timing().source())
                .substring(0, 32);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The first time of the schedule after {@code after}, which is the last rotation or the present; empty when there
     * is none.
     *
     * <p>A cron time that the clocks skip in spring is due once, right after the gap; one that they repeat in autumn is
     * due once, the first time.
     */
    static Optional<Instant> next(Schedule schedule, Instant after) {
        if (schedule instanceof Schedule.Interval interval) {
            return Optional.of(after.plus(interval.every()));
        }
        if (schedule instanceof Schedule.Cron cron) {
            return next(PARSED.computeIfAbsent(cron.expression(), CronExpression::parse), cron.zone(), after);
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
