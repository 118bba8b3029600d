package dev.lockstep.web;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Reach;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Escalations;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Sight;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The human tasks that are open, and which operation waits for which. */
@Component
class HumanTasks {

    /** More are not looked at: nobody reads them, and each costs the engine a query. */
    static final int MOST = 200;

    private static final Pattern INCIDENT = Pattern.compile("inc-([0-9]{1,18})");
    private static final Pattern DRILL = Pattern.compile("drill-([0-9]{1,18})");

    private final Escalations escalations;
    private final Incidents incidents;
    private final Drills drills;
    private final Sight sight;

    HumanTasks(Escalations escalations, Incidents incidents, Drills drills, Sight sight) {
        this.escalations = escalations;
        this.incidents = incidents;
        this.drills = drills;
        this.sight = sight;
    }

    /** Those that who asks may see, the most urgent deadline first. */
    List<Escalations.Task> open() {
        Reach reach = sight.reading();
        return reach.whole() ? escalations.open(MOST) : escalations.open(MOST, task -> sees(reach, task.credential()));
    }

    private boolean sees(Reach reach, String about) {
        Matcher incident = INCIDENT.matcher(about);
        if (incident.matches()) {
            return incidents.affected(Long.parseLong(incident.group(1))).stream()
                    .anyMatch(affected -> reach.sees(affected.credential()));
        }
        Matcher drill = DRILL.matcher(about);
        if (drill.matches()) {
            return drills.find(Long.parseLong(drill.group(1)))
                    .filter(known -> reach.sees(known.credential()))
                    .isPresent();
        }
        return CredentialName.find(about).filter(reach::sees).isPresent();
    }

    /** The task that an operation waits for; null when it waits for none. */
    Escalations.@Nullable Task of(Operation operation) {
        if (!operation.status().active()) {
            return null;
        }
        Predicate<Escalations.Task> its = task -> Objects.equals(task.operation(), operation.id());
        return open().stream().filter(its).findFirst().orElse(null);
    }
}
