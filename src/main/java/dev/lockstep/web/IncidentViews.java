package dev.lockstep.web;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Reach;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Sight;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows incidents. */
@Component
class IncidentViews {

    /** More are not looked through for somebody who may not see them all. */
    private static final int MOST = 1000;

    private final Incidents incidents;
    private final Sight sight;

    IncidentViews(Incidents incidents, Sight sight) {
        this.incidents = incidents;
        this.sight = sight;
    }

    /** One incident that who asks may see; throws {@link NotFound}. */
    Incident known(long id) {
        return incidents
                .find(id)
                .filter(this::seen)
                .orElseThrow(() -> new NotFound("There is no incident inc-" + id + "."));
    }

    /** The newest, without their timelines. */
    List<IncidentView> newest(int limit) {
        return incidents.newest(sight.reading().whole() ? limit : MOST).stream()
                .filter(this::seen)
                .limit(limit)
                .map(incident -> view(incident, affected(incident), null))
                .toList();
    }

    /** With its timeline. */
    IncidentView one(Incident incident) {
        List<Affected> affected = affected(incident);
        return view(incident, affected, IncidentTimeline.of(incident, incidents.signals(incident.id()), affected));
    }

    /** With no limit, or when a credential that may be seen is affected. */
    private boolean seen(Incident incident) {
        return sight.reading().whole() || !affected(incident).isEmpty();
    }

    /** Of what is affected, what may be seen. */
    private List<Affected> affected(Incident incident) {
        Reach reach = sight.reading();
        return incidents.affected(incident.id()).stream()
                .filter(affected -> reach.sees(affected.credential()))
                .toList();
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
