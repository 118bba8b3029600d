package dev.lockstep.web;

import dev.lockstep.domain.Forecast;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What will rotate when. */
record ForecastView(
        Instant from,

        @Schema(description = "the end of the time that it covers")
        Instant until,

        @Schema(description = "whether that is all that was asked for; a forecast ends after 1,000,000 rotations")
        boolean whole,

        @Schema(description = "how many rotations there are")
        long rotations,

        @Schema(description = "how many times a secret will pass the maximum age of its policy")
        long late,

        @Schema(description = "the targets with the most rotations, by their names")
        List<TargetView> targets,

        @Schema(description = "how many targets with fewer rotations are left out")
        int targetsLeftOut,

        @Schema(description = "the first rotations") List<RotationView> next,

        @Schema(description = "the first that will pass the maximum age of their policies")
        List<RotationView> missed) {

    static final int MOST_TARGETS = 100;

    /** One target. */
    record TargetView(
            @Schema(example = "orders-db") String target,
            long rotations,
            long late,

            @Schema(description = "the slot with the most rotations") @Nullable
            SlotView busiest,

            @Schema(description = "slots without any rotation are left out")
            List<SlotView> slots) {}

    /** An hour or a day. */
    record SlotView(
            @Schema(description = "its beginning, in UTC") Instant at, int rotations) {}

    /** One rotation. */
    record RotationView(
            @Schema(example = "prod/shop/postgres/orders-app")
            String credential,

            String target,
            String policy,

            @Schema(description = "missing when it is only rotated on demand") @Nullable
            Instant at,

            @Schema(description = "when its secret will have reached the maximum age; missing when there is none")
            @Nullable
            Instant rotateBy) {

        static RotationView of(Forecast.Rotation rotation) {
            return new RotationView(
                    rotation.credential().value(), rotation.target(), rotation.policy(), rotation.at(), rotation.by());
        }
    }

    static ForecastView of(Forecast forecast, ChronoUnit slot) {
        List<TargetView> targets = forecast.targets().stream()
                .sorted(Comparator.comparingLong(Forecast.Load::total).reversed())
                .limit(MOST_TARGETS)
                .sorted(Comparator.comparing(Forecast.Load::target))
                .map(load -> target(load, slot))
                .toList();
        return new ForecastView(
                forecast.from(),
                forecast.until(),
                forecast.whole(),
                forecast.total(),
                forecast.late(),
                targets,
                forecast.targets().size() - targets.size(),
                forecast.next().stream().map(RotationView::of).toList(),
                forecast.missed().stream().map(RotationView::of).toList());
    }

    private static TargetView target(Forecast.Load load, ChronoUnit slot) {
        SortedMap<Instant, Integer> slots = new TreeMap<>();
        load.hours().forEach((hour, count) -> slots.merge(hour.truncatedTo(slot), count, Integer::sum));
        List<SlotView> views = slots.entrySet().stream()
                .map(each -> new SlotView(each.getKey(), each.getValue()))
                .toList();
        SlotView busiest = slots.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(each -> new SlotView(each.getKey(), each.getValue()))
                .orElse(null);
        return new TargetView(load.target(), load.total(), load.late(), busiest, views);
    }
}
