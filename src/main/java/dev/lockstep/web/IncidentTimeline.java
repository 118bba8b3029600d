package dev.lockstep.web;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what happened in an incident; the evidence that it was dealt with. */
final class IncidentTimeline {

    private final List<IncidentEvent> events = new ArrayList<>();

    private IncidentTimeline() {}

    /** Oldest first. */
    static List<IncidentEvent> of(Incident incident, List<Signal> signals, List<Affected> affected) {
        IncidentTimeline timeline = new IncidentTimeline();
        signals.forEach(timeline::signal);
        timeline.add(incident.decidedAt(), "decided", null, decision(incident));
        affected.forEach(timeline::progress);
        timeline.add(incident.closedAt(), "closed", null, String.valueOf(incident.conclusion()));
        timeline.events.sort(Comparator.comparing(IncidentEvent::at));
        return timeline.events;
    }

    private void signal(Signal signal) {
        String where = signal.location() == null ? "" : ", seen at " + signal.location();
        String about = signal.credential() == null ? null : signal.credential().value();
        add(
                signal.reportedAt(),
                "signal",
                about,
                signal.confidence().label() + " " + signal.kind().label() + " reported by " + signal.reportedBy()
                        + ", exposure " + signal.exposure().label() + where + ": " + signal.note());
    }

    private static String decision(Incident incident) {
        return Labels.of(incident.response()) + ", severity " + Labels.of(incident.severity()) + ": "
                + incident.reason();
    }

    private void progress(Affected affected) {
        String name = affected.credential().value();
        add(affected.containedAt(), "contained", name, "its accounts are switched off and their sessions ended");
        add(affected.provenDeadAt(), "proven-dead", name, "no leaked version logs in any more");
        add(affected.replacedAt(), "replaced", name, "applications read a new version");
    }

    private void add(@Nullable Instant at, String what, @Nullable String credential, String text) {
        if (at != null) {
            events.add(new IncidentEvent(at, what, credential, text));
        }
    }
}
