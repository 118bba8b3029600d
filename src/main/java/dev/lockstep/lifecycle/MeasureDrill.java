package dev.lockstep.lifecycle;

import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Ends the measuring of a drill: what was reached, what was not, and how long it took. */
@Component
public class MeasureDrill {

    private final Drills drills;
    private final ObserveDrill observe;

    MeasureDrill(Drills drills, ObserveDrill observe) {
        this.drills = drills;
        this.observe = observe;
    }

    /** Whatever is left of the fault ends as well. Returns the drill as it stands then. */
    public Drill run(long id) {
        observe.run(id);
        drills.endFault(id);
        Drill drill = drills.get(id);
        Drill.Result result = result(drill);
        drills.end(
                id, result, result == Drill.Result.CANCELLED ? Drill.State.CLOSED : Drill.State.DEBRIEF, story(drill));
        return drills.get(id);
    }

    /** Ends a drill that must not begin. */
    public void refuse(long id, String why) {
        drills.end(id, Drill.Result.REFUSED, Drill.State.CLOSED, why);
    }

    private static Drill.Result result(Drill drill) {
        if (drill.cancelledBy() != null) {
            return Drill.Result.CANCELLED;
        }
        boolean all = drill.detectedAt() != null && drill.containedAt() != null && drill.recoveredAt() != null;
        return all ? Drill.Result.PASSED : Drill.Result.FAILED;
    }

    /** One sentence for each milestone. */
    private static String story(Drill drill) {
        List<String> sentences = new ArrayList<>();
        sentences.add(drill.injectedAt() == null ? "Nothing was injected." : "Injected at " + drill.injectedAt() + ".");
        sentences.add(sentence("Detected", "detected", drill.toDetect()));
        sentences.add(sentence("Contained", "contained", drill.toContain()));
        sentences.add(sentence("Recovered", "recovered", drill.toRecover()));
        if (drill.cancelledBy() != null) {
            sentences.add("Called off by " + drill.cancelledBy() + ".");
        }
        return String.join(" ", sentences);
    }

    private static String sentence(String reached, String missed, Optional<Duration> time) {
        return time.map(length -> reached + " after " + seconds(length) + " s.").orElse("Not " + missed + ".");
    }

    /** Never below zero: several milestones may be noted within the same moment. */
    private static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.1f", Math.max(0, length.toMillis()) / 1000.0);
    }
}
