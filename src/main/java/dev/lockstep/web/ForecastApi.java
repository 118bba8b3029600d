package dev.lockstep.web;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.Forecasts;
import dev.lockstep.port.Sight;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The rotations to come. */
@RestController
@RequestMapping(path = "/api/v1/forecast", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Forecast")
@ProblemResponses
class ForecastApi {

    private static final int MOST = 1000;

    private final Forecasts forecasts;
    private final Sight sight;

    ForecastApi(Forecasts forecasts, Sight sight) {
        this.sight = sight;
        this.forecasts = forecasts;
    }

    @GetMapping
    @Operation(
            summary = "Forecast rotations",
            description =
                    "When what will rotate, with windows, blackouts, jitter and the limits of targets. What people"
                            + " ask for, failures and emergencies cannot be foreseen.")
    ForecastView forecast(
            @Parameter(description = "how far to look, 1 to 366") @RequestParam(defaultValue = "90") int days,
            @Parameter(description = "hour or day") @RequestParam(defaultValue = "hour") String by,
            @Parameter(description = "how many rotations are told one by one, 0 to 1000")
                    @RequestParam(defaultValue = "100")
                    int limit,
            @RequestParam(required = false) @Nullable String target,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String environment,
            @RequestParam(required = false) @Nullable String policy) {
        ForecastQuery query = ForecastQuery.of(target, owner, environment, policy);
        ChronoUnit slot = slot(by);
        int ahead = Inputs.between("days", days, 1, Forecasts.MOST_DAYS);
        return ForecastView.of(
                forecasts.ahead(
                        Duration.ofDays(ahead), query.about(sight.reading()), Inputs.between("limit", limit, 0, MOST)),
                slot);
    }

    private static ChronoUnit slot(String by) {
        return switch (by) {
            case "hour" -> ChronoUnit.HOURS;
            case "day" -> ChronoUnit.DAYS;
            default -> throw new InvalidInput("by", "by is one of hour, day");
        };
    }
}
