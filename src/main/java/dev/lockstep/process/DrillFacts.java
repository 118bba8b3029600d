package dev.lockstep.process;

import static dev.lockstep.process.VariableText.cut;

import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Policy;
import dev.lockstep.port.Catalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Turns what was measured into the variables that gateway and form of a drill read. */
@Component
class DrillFacts {

    private static final String WITHOUT_GROUP = "operators";

    private final Catalog catalog;

    DrillFacts(Catalog catalog) {
        this.catalog = catalog;
    }

    Map<String, Object> decision(Drill drill) {
        String group = catalog.credential(drill.credential())
                .map(credential -> credential.policy().escalation())
                .map(Policy.Escalation::group)
                .orElse(WITHOUT_GROUP);
        return Map.of(
                "debrief", drill.state() == Drill.State.DEBRIEF, "debriefers", Groups.of(group, drill.credential()));
    }

    Map<String, Object> measured(Drill drill) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("drillLabel", drill.label());
        facts.put("credential", drill.credential().value());
        facts.put("scenario", drill.scenario().label());
        facts.put("result", String.valueOf(drill.result()).toLowerCase(Locale.ROOT));
        facts.put("timeToDetect", words(drill.toDetect()));
        facts.put("timeToContain", words(drill.toContain()));
        facts.put("timeToRecover", words(drill.toRecover()));
        facts.put("story", cut(Objects.toString(drill.story(), "")));
        facts.put("caused", caused(drill));
        facts.put("measuredAt", String.valueOf(drill.endedAt()));
        facts.put("report", "/drills/" + drill.label());
        return facts;
    }

    private static String words(Optional<Duration> time) {
        return time.map(length -> String.format(Locale.ROOT, "%.1f s", Math.max(0, length.toMillis()) / 1000.0))
                .orElse("not reached");
    }

    private static String caused(Drill drill) {
        if (drill.incident() != null) {
            return Incident.label(drill.incident());
        }
        return drill.operation() == null ? "nothing" : "op-" + drill.operation();
    }
}
