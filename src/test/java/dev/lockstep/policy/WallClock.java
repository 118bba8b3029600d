package dev.lockstep.policy;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Blackouts.Blackout;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Timings by chance, and whether a moment keeps them, told by looking at a clock on the wall. */
final class WallClock {

    static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/New_York"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Pacific/Apia"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Africa/Cairo"),
            ZoneId.of("UTC"));

    private WallClock() {}

    /** Whether somebody who reads the clock and the calendar of the place would say that the window is open. */
    static boolean shows(Window window, Instant moment) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, window.zone());
        boolean today = window.days().contains(local.getDayOfWeek());
        boolean yesterday = window.days().contains(local.getDayOfWeek().minus(1));
        LocalTime time = local.toLocalTime();
        if (window.to().isAfter(window.from())) {
            return today && !time.isBefore(window.from()) && time.isBefore(window.to());
        }
        return (today && !time.isBefore(window.from())) || (yesterday && time.isBefore(window.to()));
    }

    static boolean allows(Timing timing, Instant moment) {
        boolean inside =
                timing.windows().isEmpty() || timing.windows().stream().anyMatch(window -> shows(window, moment));
        return inside
                && timing.blackouts().all().stream()
                        .noneMatch(blackout -> blackout.span().contains(moment));
    }

    static Window window(Random random) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        int count = 1 + random.nextInt(7);
        while (days.size() < count) {
            days.add(DayOfWeek.of(1 + random.nextInt(7)));
        }
        LocalTime from = LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
        LocalTime to = from.plusMinutes(15L * (1 + random.nextInt(96)));
        return new Window(days, from, to, ZONES.get(random.nextInt(ZONES.size())));
    }

    /** @param near about when the blackouts are */
    static Timing timing(Random random, Instant near, Optional<Duration> maximumAge) {
        List<Window> windows = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            windows.add(window(random));
        }
        List<Blackout> blackouts = new ArrayList<>();
        int some = random.nextInt(30);
        for (int i = 0; i < some; i++) {
            Instant from = near.plusSeconds(random.nextLong(-30 * 86_400L, 400 * 86_400L));
            blackouts.add(new Blackout(new Span(from, from.plusSeconds(random.nextLong(60, 20 * 86_400L))), "b" + i));
        }
        Duration jitter = random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(random.nextInt(2 * 1440));
        return new Timing(windows, new Blackouts(blackouts), jitter, maximumAge, "");
    }
}
