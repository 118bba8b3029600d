package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.Forecast.Load;
import dev.lockstep.domain.Forecast.Rotation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the rotations that a forecast tells of. */
final class Tally {

    private final Forecasting.Question question;
    private final SortedMap<String, TargetTally> targets = new TreeMap<>();
    private final List<Rotation> next = new ArrayList<>();
    private final List<Rotation> missed = new ArrayList<>();
    private long total;
    private long late;

    Tally(Forecasting.Question question) {
        this.question = question;
    }

    private static final class TargetTally {
        private final SortedMap<Instant, Integer> hours = new TreeMap<>();
        private long total;
        private long late;
    }

    Instant until() {
        return question.until();
    }

    void rotates(Credential credential, Instant at, @Nullable Instant by) {
        if (!question.about().test(credential)) {
            return;
        }
        TargetTally target = targets.computeIfAbsent(credential.target(), name -> new TargetTally());
        target.hours.merge(at.truncatedTo(ChronoUnit.HOURS), 1, Integer::sum);
        target.total++;
        total++;
        if (next.size() < question.most()) {
            next.add(Forecasting.rotation(credential, at, by));
        }
        if (by != null && at.isAfter(by)) {
            misses(credential, at, by);
        }
    }

    void misses(Credential credential, @Nullable Instant at, Instant by) {
        if (!question.about().test(credential)) {
            return;
        }
        late++;
        targets.computeIfAbsent(credential.target(), name -> new TargetTally()).late++;
        if (missed.size() < question.most()) {
            missed.add(Forecasting.rotation(credential, at, by));
        }
    }

    Forecast forecast(Instant reached) {
        List<Load> loads = new ArrayList<>();
        targets.forEach((name, target) -> loads.add(new Load(name, target.total, target.late, target.hours)));
        next.sort(Comparator.comparing(Rotation::at, Comparator.nullsLast(Comparator.naturalOrder())));
        return new Forecast(
                question.from(), reached, !reached.isBefore(question.until()), total, loads, next, late, missed);
    }
}
