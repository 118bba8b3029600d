package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Step;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;

/** The wait states of incidents and of the containment of one credential. */
class IncidentWays extends Ways {

    @Autowired
    IncidentStand incidents;

    @Override
    Map<String, Map<String, Supplier<String>>> ways() {
        return Map.of("containment", containment(), "emergency-revocation", emergency());
    }

    @Override
    Map<String, Map<String, Object>> lastWords() {
        return Map.of(
                "ResolveFailedContainment", Map.of("containmentChoice", "leave"),
                "ReviewReport", Map.of("reviewChoice", "ignore"),
                "ReviewIncident", Map.of("incidentChoice", "close", "conclusion", "a test"));
    }

    private Map<String, Supplier<String>> containment() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("before:Replace", () -> contained(incidents.adopted(Given.policy())));
        ways.put("LateChangesOver", this::late);
        ways.put("after:PrepareOnceMore", () -> run(late(), "LateChangesOver"));
        ways.put("OthersContained", this::othersFirst);
        ways.put("ResolveFailedContainment", this::notContained);
        ways.put(
                "after:ResolveFailedContainment", () -> complete(notContained(), Map.of("containmentChoice", "retry")));
        ways.put(
                "after:PrepareRetry",
                () -> run(complete(notContained(), Map.of("containmentChoice", "retry")), "ResolveFailedContainment"));
        return ways;
    }

    private Map<String, Supplier<String>> emergency() {
        Map<String, Supplier<String>> ways = new LinkedHashMap<>();
        ways.put("AllContained", () -> incident(begun(leaked())));
        ways.put("after:AllContained", () -> {
            Incident incident = begun(leaked());
            stand.dispatchOnce();
            return incident(incident);
        });
        ways.put("ReviewReport", () -> incident(incidents.reported(suspected())));
        ways.put(
                "after:ReviewReport",
                () -> complete(incident(incidents.reported(suspected())), Map.of("reviewChoice", "ignore")));
        ways.put("ReviewIncident", () -> incident(incidents.reported(leaked())));
        ways.put(
                "after:ReviewIncident",
                () -> complete(incident(incidents.reported(leaked())), lastWord("ReviewIncident")));
        return ways;
    }

    private Signal leaked() {
        return IncidentStand.leaked(incidents.adopted(Given.policy()).name());
    }

    private Signal suspected() {
        return IncidentStand.suspected(incidents.adopted(Given.policy()).name());
    }

    private Incident begun(Signal signal) {
        Incident incident = incidents.emergencies.report(signal);
        incidents.begin();
        return incident;
    }

    private String contained(Credential credential) {
        Incident incident = begun(IncidentStand.leaked(credential.name()));
        stand.dispatchOnce();
        return instance(incidents.operation(incident, credential));
    }

    private String late() {
        Credential credential = incidents.adopted(Given.policy());
        Operation routine = stand.request(credential);
        stand.attempts.begin(routine.id(), Step.RESTORE, Duration.ofSeconds(30), Map.of());
        return contained(credential);
    }

    private String othersFirst() {
        Credential credential = incidents.adopted(Given.policy());
        Credential other = stand.alsoAdopted(Given.policy().principal("other"));
        Incident incident = begun(IncidentStand.leaked(credential.name()));
        incidents.emergencies.report(IncidentStand.leaked(other.name()));
        stand.dispatchOnce();
        return instance(incidents.operation(incident, credential));
    }

    private String notContained() {
        Credential credential = incidents.adopted(Given.policy().attempts(1));
        stand.target.immortal(true);
        return contained(credential);
    }

    private String incident(Incident incident) {
        return String.valueOf(incidents.now(incident).processInstance());
    }
}
