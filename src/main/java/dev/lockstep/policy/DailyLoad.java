package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Schedule;
import dev.lockstep.port.Configurations.Load;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rotations per target and day, coarsely: as if each took place when it is due. A pure function. */
final class DailyLoad {

    /** How far it looks. */
    static final int DAYS = 90;

    private final Instant from;
    private final Instant until;
    private final SortedMap<String, int[]> byTarget = new TreeMap<>();
    private final Map<Schedule, int[]> fixed = new HashMap<>();

    private DailyLoad(Instant from) {
        this.from = from;
        this.until = from.plus(Duration.ofDays(DAYS));
    }

    /** What changes between two configurations; targets whose load stays are left out. */
    static List<Load> changes(
            Snapshot base, Snapshot candidate, Map<CredentialName, InventoryEntry> ledger, Instant now) {
        DailyLoad before = new DailyLoad(now);
        base.credentials().values().forEach(each -> before.add(each, due(ledger.get(each.name()))));
        DailyLoad after = new DailyLoad(now);
        candidate.credentials().values().forEach(each -> after.add(each, dueThen(base, each, ledger, now)));
        TreeSet<String> targets = new TreeSet<>(before.byTarget.keySet());
        targets.addAll(after.byTarget.keySet());
        LocalDate first = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<Load> changed = new ArrayList<>();
        for (String target : targets) {
            int[] was = before.byTarget.getOrDefault(target, new int[DAYS]);
            int[] is = after.byTarget.getOrDefault(target, new int[DAYS]);
            if (!Arrays.equals(was, is)) {
                changed.add(new Load(target, first, list(was), list(is)));
            }
        }
        return changed;
    }

    private static @Nullable Instant due(@Nullable InventoryEntry entry) {
        return entry == null || entry.status() != CredentialStatus.ACTIVE ? null : entry.nextRotationAt();
    }

    private static @Nullable Instant dueThen(
            Snapshot base, Credential credential, Map<CredentialName, InventoryEntry> ledger, Instant now) {
        @Nullable InventoryEntry entry = ledger.get(credential.name());
        if (entry == null) {
            return Rescheduling.first(credential, now);
        }
        @Nullable Credential was = base.credentials().get(credential.name());
        if (was == null) {
            return entry.status() == CredentialStatus.UNMANAGED
                    ? Rescheduling.back(credential, entry, now).at()
                    : due(entry);
        }
        Optional<Rescheduling.Moved> moved = Rescheduling.of(was, credential, entry, now);
        return entry.status() == CredentialStatus.ACTIVE && moved.isPresent()
                ? moved.get().after()
                : due(entry);
    }

    private void add(Credential credential, @Nullable Instant due) {
        if (due == null || due.isAfter(until)) {
            return;
        }
        int[] days = byTarget.computeIfAbsent(credential.target(), first -> new int[DAYS]);
        Schedule schedule = credential.policy().schedule();
        if (schedule instanceof Schedule.Interval interval) {
            every(interval.every(), due, days);
        } else {
            days[day(due)]++;
            int[] times = fixed.computeIfAbsent(schedule, this::times);
            for (int day = day(due) + 1; day < DAYS; day++) {
                days[day] += times[day];
            }
        }
    }

    private void every(Duration step, Instant due, int[] days) {
        Duration least = step.compareTo(Duration.ofMinutes(1)) < 0 ? Duration.ofMinutes(1) : step;
        for (Instant next = due.isBefore(from) ? from : due; next.isBefore(until); next = next.plus(least)) {
            days[day(next)]++;
        }
    }

    /** Those of a calendar are the same for all that have it. */
    private int[] times(Schedule schedule) {
        int[] times = new int[DAYS];
        Optional<Instant> next = DueTimes.next(schedule, from);
        while (next.isPresent() && next.get().isBefore(until)) {
            times[day(next.get())]++;
            next = DueTimes.next(schedule, next.get());
        }
        return times;
    }

    private int day(Instant at) {
        long day = Duration.between(from, at).toDays();
        return (int) Math.max(0, Math.min(day, DAYS - 1));
    }

    private static List<Integer> list(int[] days) {
        return Arrays.stream(days).boxed().toList();
    }
}
