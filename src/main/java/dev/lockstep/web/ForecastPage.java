package dev.lockstep.web;

import dev.lockstep.domain.Forecast;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Forecasts;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The rotations to come, as picture and tables. */
@Controller
@Hidden
class ForecastPage {

    private static final int NEXT = 50;

    private final Forecasts forecasts;
    private final Catalog catalog;
    private final Sight sight;
    private final Clock clock;

    ForecastPage(Forecasts forecasts, Catalog catalog, Sight sight, Clock clock) {
        this.sight = sight;
        this.forecasts = forecasts;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** A target on the page. */
    record TargetLine(
            String target,
            long rotations,
            long late,
            @Nullable Moment busiest,
            int then) {}

    /** A rotation on the page. */
    record RotationLine(
            String credential,
            String target,
            String policy,
            @Nullable Moment at,
            @Nullable Moment by) {}

    @GetMapping("/forecast")
    String show(
            @RequestParam(defaultValue = "90") int days,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String policy,
            Model model) {
        ForecastQuery query = ForecastQuery.of(target, owner, environment, policy);
        Reach reach = sight.reading();
        int ahead = Inputs.between("days", days, 1, Forecasts.MOST_DAYS);
        Forecast forecast = forecasts.ahead(Duration.ofDays(ahead), query.about(reach), NEXT);
        Instant now = clock.instant();
        model.addAttribute("query", query);
        model.addAttribute("days", ahead);
        model.addAttribute("forecast", forecast);
        model.addAttribute("until", Moment.of(forecast.until(), now));
        model.addAttribute("picture", ForecastPicture.of(forecast));
        model.addAttribute(
                "targets",
                forecast.targets().stream()
                        .sorted(Comparator.comparingLong(Forecast.Load::total).reversed())
                        .limit(ForecastView.MOST_TARGETS)
                        .map(load -> line(load, now))
                        .toList());
        model.addAttribute("next", lines(forecast.next(), now));
        model.addAttribute("missed", lines(forecast.missed(), now));
        model.addAttribute(
                "environments",
                catalog.credentials().stream()
                        .filter(credential -> reach.sees(credential.name()))
                        .map(credential -> credential.name().environment())
                        .distinct()
                        .sorted()
                        .toList());
        return "forecast";
    }

    private static TargetLine line(Forecast.Load load, Instant now) {
        return load.hours().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(busiest -> new TargetLine(
                        load.target(),
                        load.total(),
                        load.late(),
                        Moment.of(busiest.getKey().truncatedTo(ChronoUnit.HOURS), now),
                        busiest.getValue()))
                .orElseGet(() -> new TargetLine(load.target(), load.total(), load.late(), null, 0));
    }

    private static List<RotationLine> lines(List<Forecast.Rotation> rotations, Instant now) {
        return rotations.stream()
                .map(rotation -> new RotationLine(
                        rotation.credential().value(),
                        rotation.target(),
                        rotation.policy(),
                        Moment.of(rotation.at(), now),
                        Moment.of(rotation.by(), now)))
                .toList();
    }
}
