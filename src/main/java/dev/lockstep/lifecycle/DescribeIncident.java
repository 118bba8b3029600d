package dev.lockstep.lifecycle;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Incidents;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Collects what a reviewer has to know of an incident. */
@Component
public class DescribeIncident {

    private final Incidents incidents;
    private final Clock clock;

    DescribeIncident(Incidents incidents, Clock clock) {
        this.incidents = incidents;
        this.clock = clock;
    }

    /** Reads only. */
    public Facts run(long id) {
        List<Affected> affected = incidents.affected(id);
        return new Facts(
                incidents.get(id),
                incidents.signals(id).stream().map(DescribeIncident::words).collect(Collectors.joining("\n")),
                affected.stream().map(DescribeIncident::words).collect(Collectors.joining("\n")),
                affected.stream().map(Affected::credential).toList(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String words(Signal signal) {
        return signal.confidence().label() + " " + signal.kind().label() + " from "
                + signal.source().label() + " ("
                + signal.reportedBy() + "), exposure " + signal.exposure().label()
                + (signal.location() == null ? "" : ", seen at " + signal.location()) + ": " + signal.note();
    }

    private static String words(Affected affected) {
        return affected.credential() + " (" + affected.relation().label() + ")"
                + (affected.containedAt() == null ? "" : ", switched off " + affected.containedAt())
                + (affected.provenDeadAt() == null ? ", not proven dead" : ", proven dead " + affected.provenDeadAt())
                + (affected.replacedAt() == null ? ", not replaced" : ", replaced " + affected.replacedAt());
    }

    /**
     * What a reviewer needs; no secret in it.
     *
     * @param credentials those that are affected
     * @param asOf when this was put together, ISO-8601 in UTC
     */
    public record Facts(
            Incident incident, String signals, String affected, List<CredentialName> credentials, String asOf) {}
}
