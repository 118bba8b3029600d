package dev.lockstep.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What automation can read about incidents. */
@RestController
@RequestMapping(path = "/api/v1/incidents", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Incidents")
@ProblemResponses
class IncidentsApi {

    private static final int MOST = 500;

    private final IncidentViews views;

    IncidentsApi(IncidentViews views) {
        this.views = views;
    }

    @GetMapping
    @Operation(summary = "List incidents", description = "Newest first, with their credentials.")
    List<IncidentView> list(@Parameter(description = "1 to 500") @RequestParam(defaultValue = "50") int limit) {
        return views.newest(Inputs.between("limit", limit, 1, MOST));
    }

    @GetMapping("/{id}")
    @Operation(
            summary = "Show an incident",
            description =
                    "With its timeline: what was reported, decided, contained, proven dead and replaced, and when.")
    @MayBeUnknown
    IncidentView one(@Parameter(description = "inc-4 or 4", example = "inc-4") @PathVariable String id) {
        return views.one(views.known(Inputs.incident(id)));
    }
}
