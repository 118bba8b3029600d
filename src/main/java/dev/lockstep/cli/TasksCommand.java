package dev.lockstep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What waits for a person. */
@Command(name = "tasks", description = "List what waits for a person, the most urgent first; they work in Tasklist.")
final class TasksCommand implements Callable<Integer> {

    private static final Column[] LIST = {
        Column.name("task", "/name"),
        Column.name("operation", "/operation"),
        Column.name("credential", "/credential"),
        Column.text("group", "/group"),
        Column.text("assignee", "/assignee"),
        Column.moment("deadline", "/deadline"),
        Column.text("tasklist", "/tasklist")
    };

    private final Lockstep lockstep;

    TasksCommand(Lockstep lockstep) {
        this.lockstep = lockstep;
    }

    @Override
    public Integer call() {
        lockstep.list(lockstep.api().get("/tasks"), LIST);
        return 0;
    }
}
