package dev.lockstep.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The open human tasks; people work on them in Tasklist. */
@RestController
@RequestMapping(path = "/api/v1/tasks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Tasks", description = "What waits for a person.")
@ProblemResponses
class TasksApi {

    private final HumanTasks tasks;

    TasksApi(HumanTasks tasks) {
        this.tasks = tasks;
    }

    @GetMapping
    @Operation(
            summary = "List open human tasks",
            description = "The most urgent deadline first, at most " + HumanTasks.MOST + ".")
    List<TaskView> list() {
        return tasks.open().stream().map(TaskView::of).toList();
    }
}
