package dev.lockstep.process;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Tells whether something that people hear of belongs to a drill. */
@Component
class Rehearsed {

    private static final Pattern INCIDENT = Pattern.compile("inc-([1-9][0-9]{0,17})");

    private final Drills drills;
    private final Incidents incidents;

    Rehearsed(Drills drills, Incidents incidents) {
        this.drills = drills;
        this.incidents = incidents;
    }

    /** What is put in front of a notice, for example {@code [drill-7]} and a blank; empty when it is in earnest. */
    String mark(String about) {
        Matcher incident = INCIDENT.matcher(about);
        Optional<String> drill = incident.matches()
                ? Signal.drill(incidents.signals(Long.parseLong(incident.group(1))))
                : CredentialName.find(about).flatMap(drills::running).map(Drill::label);
        return drill.map(label -> "[" + label + "] ").orElse("");
    }
}
