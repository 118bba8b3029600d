package dev.lockstep.web;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows incidents. */
@Component
class IncidentViews {

    private final Incidents incidents;

    IncidentViews(Incidents incidents) {
        this.incidents = incidents;
    }

    /** One incident; throws {@link NotFound}. */
    Incident known(long id) {
        return incidents.find(id).orElseThrow(() -> new NotFound("There is no incident inc-" + id + "."));
    }

    /** The newest, without their timelines. */
    List<IncidentView> newest(int limit) {
        return incidents.newest(limit).stream()
                .map(incident -> view(incident, incidents.affected(incident.id()), null))
                .toList();
    }

    /** With its timeline. */
    IncidentView one(Incident incident) {
        List<Affected> affected = incidents.affected(incident.id());
        return view(incident, affected, IncidentTimeline.of(incident, incidents.signals(incident.id()), affected));
    }

    private IncidentView view(Incident incident, List<Affected> affected, @Nullable List<IncidentEvent> timeline) {
        return new IncidentView(
                incident.label(),
                Labels.text(incident.state()),
                Labels.of(incident.response()),
                Labels.of(incident.severity()),
                incident.reason(),
                incident.group(),
                Labels.of(incident.safeDefault()),
                Signal.drill(incidents.signals(incident.id())).orElse(null),
                incident.openedAt(),
                incident.deadline(),
                incident.closedAt(),
                incident.conclusion(),
                incident.processInstance(),
                affected.stream().map(IncidentViews::view).toList(),
                timeline);
    }

    private static IncidentView.AffectedView view(Affected affected) {
        Long operation = affected.operation();
        return new IncidentView.AffectedView(
                affected.credential().value(),
                affected.relation().label(),
                operation == null ? null : "op-" + operation,
                affected.containedAt(),
                affected.provenDeadAt(),
                affected.replacedAt());
    }
}
