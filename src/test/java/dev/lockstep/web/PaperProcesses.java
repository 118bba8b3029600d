package dev.lockstep.web;

import dev.lockstep.port.Processes;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Two processes, one of them in two versions; there is no engine behind them. */
@TestComponent
class PaperProcesses implements Processes {

    private static final Deployed OLD = rotation("1.0", 1, 4);
    private static final Deployed NEW = rotation("1.1", 2, 0);
    private static final Deployed SCHEDULE =
            new Deployed("schedule", "Schedule", "1.0", 1, "schedule:1:c", 0, true, Instant.EPOCH);

    private static Deployed rotation(String tag, int number, long running) {
        return new Deployed(
                "rotation", "Rotation", tag, number, "rotation:" + number + ":a", running, false, Instant.EPOCH);
    }

    @Override
    public List<Deployed> newest() {
        return List.of(NEW, SCHEDULE);
    }

    @Override
    public List<Deployed> versions(String process) {
        return switch (process) {
            case "rotation" -> List.of(NEW, OLD);
            case "schedule" -> List.of(SCHEDULE);
            default -> List.of();
        };
    }
}
