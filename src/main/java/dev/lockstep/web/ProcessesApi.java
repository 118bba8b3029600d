package dev.lockstep.web;

import dev.lockstep.port.Processes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The deployed processes. */
@RestController
@RequestMapping(path = "/api/v1/processes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Processes", description = "Changes need the role designer or administrator.")
@ProblemResponses
class ProcessesApi {

    private final Processes processes;

    ProcessesApi(Processes processes) {
        this.processes = processes;
    }

    @GetMapping
    @Operation(summary = "List processes", description = "Each in its newest version.")
    List<ProcessView> list() {
        return processes.newest().stream().map(ProcessView::of).toList();
    }

    @GetMapping("/{process}/versions")
    @Operation(summary = "List the versions of a process", description = "Newest first.")
    @MayBeUnknown
    List<ProcessView> versions(@PathVariable String process) {
        List<ProcessView> versions =
                processes.versions(process).stream().map(ProcessView::of).toList();
        if (versions.isEmpty()) {
            throw new NotFound("There is no such process.");
        }
        return versions;
    }
}
