package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Severity;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Notifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells the owners of what leaked, and those who review it. */
@Component
public class TellPeople {

    private final Incidents incidents;
    private final Catalog catalog;
    private final ObjectProvider<Notifier> notifier;

    TellPeople(Incidents incidents, Catalog catalog, ObjectProvider<Notifier> notifier) {
        this.incidents = incidents;
        this.catalog = catalog;
        this.notifier = notifier;
    }

    /** Lockstep has done what it can; usually everything that leaked is dead. */
    public void settled(long incident) {
        boolean dead = incidents.affected(incident).stream().allMatch(affected -> affected.provenDeadAt() != null);
        if (dead) {
            tell(incident, "leak.contained", "leaked credentials are revoked");
        } else {
            tell(incident, "leak.not-contained", "NOT all leaked credentials could be revoked");
        }
    }

    /** Something that leaked is still not dead. */
    public void late(long incident) {
        tell(incident, "leak.not-contained", "leaked credentials are NOT revoked yet");
    }

    private void tell(long id, String kind, String subject) {
        Incident incident = incidents.get(id);
        List<Affected> affected = incidents.affected(id);
        String severity = incident.severity() == null
                ? Severity.HIGH.label()
                : incident.severity().label();
        String text = incident.reason() + ". "
                + affected.stream().map(TellPeople::line).collect(Collectors.joining("; ")) + ".";
        String rehearsed = Signal.drill(incidents.signals(id))
                .map(drill -> "[" + drill + "] ")
                .orElse("");
        groups(incident, affected)
                .forEach(group -> notifier.ifAvailable(channel -> channel.tell(new Notice(
                        kind,
                        severity,
                        group,
                        rehearsed + incident.label() + ": " + subject,
                        rehearsed + text,
                        "/incidents/" + incident.label()))));
    }

    private Set<String> groups(Incident incident, List<Affected> affected) {
        Set<String> groups = affected.stream()
                .flatMap(each -> catalog.credential(each.credential()).stream())
                .map(credential -> credential.owner())
                .collect(Collectors.toCollection(TreeSet::new));
        if (incident.group() != null) {
            groups.add(incident.group());
        }
        return groups;
    }

    private static String line(Affected affected) {
        String state =
                affected.provenDeadAt() == null ? "not proven dead" : "proven dead at " + affected.provenDeadAt();
        return affected.credential() + " (" + affected.relation().label() + "): " + state
                + (affected.replacedAt() == null ? ", not replaced yet" : ", replaced");
    }
}
