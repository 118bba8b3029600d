package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Affected;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.IncidentClaim;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.Incidents;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;

/** Drives incidents by hand, one transaction at a time. */
class IncidentStand {

    private static final AtomicInteger DELIVERIES = new AtomicInteger();

    @Autowired
    RotationStand rotation;

    @Autowired
    Emergencies emergencies;

    @Autowired
    Incidents incidents;

    @Autowired
    IncidentQueue queue;

    @Autowired
    IncidentRun run;

    @Autowired
    IncidentMessages messages;

    /** A leak that somebody is sure of, in a public place. */
    static Signal leaked(CredentialName credential) {
        return signal(credential, null, Signal.Kind.LEAK, Signal.Confidence.CONFIRMED, Signal.Exposure.PUBLIC);
    }

    /** The same within the organisation. */
    static Signal leakedInside(CredentialName credential) {
        return signal(credential, null, Signal.Kind.LEAK, Signal.Confidence.CONFIRMED, Signal.Exposure.INTERNAL);
    }

    /** Something that somebody has to look at. */
    static Signal suspected(CredentialName credential) {
        return signal(credential, null, Signal.Kind.SUSPICION, Signal.Confidence.POSSIBLE, Signal.Exposure.UNKNOWN);
    }

    /** A value that was found in a public place. */
    static Signal found(String fingerprint) {
        return signal(null, fingerprint, Signal.Kind.LEAK, Signal.Confidence.CONFIRMED, Signal.Exposure.PUBLIC);
    }

    static Signal signal(
            @Nullable CredentialName credential,
            @Nullable String fingerprint,
            Signal.Kind kind,
            Signal.Confidence confidence,
            Signal.Exposure exposure) {
        return new Signal(
                Signal.Source.HUMAN,
                "delivery-" + DELIVERIES.incrementAndGet(),
                kind,
                confidence,
                exposure,
                null,
                credential,
                fingerprint,
                "sec",
                "seen in a test",
                Instant.parse("2026-05-04T12:00:00Z"));
    }

    /** A credential with a secret that no other test has. */
    Credential adopted(Given given) {
        return rotation.adopted(given, "first-secret-" + DELIVERIES.incrementAndGet());
    }

    /** The fingerprint of a version of the credential. */
    String fingerprint(Credential credential, int version) {
        return rotation.versions
                .find(new SecretRef(credential.name(), version))
                .orElseThrow()
                .fingerprint();
    }

    /** Reports, and lets the incident go as far as it goes without waiting for a human. */
    Incident reported(Signal signal) {
        Incident incident = emergencies.report(signal);
        settle(incident);
        return now(incident);
    }

    /** Runs jobs of incident and operations, and what is queued, until nothing moves any more; no timers. */
    void settle(Incident incident) {
        for (int i = 0; i < 20; i++) {
            boolean moved = begin() > 0;
            moved |= jobs(now(incident).processInstance());
            moved |= rotation.dispatchOnce() > 0;
            for (Affected affected : incidents.affected(incident.id())) {
                if (affected.operation() != null) {
                    moved |= jobs(rotation.operations.get(affected.operation()).processInstance());
                }
            }
            if (!moved) {
                return;
            }
        }
        throw new AssertionError("the incident never came to rest");
    }

    private boolean jobs(@Nullable String instance) {
        boolean moved = false;
        if (instance != null) {
            for (String each : withCalled(instance)) {
                for (Job job : rotation.management
                        .createJobQuery()
                        .processInstanceId(each)
                        .messages()
                        .withRetriesLeft()
                        .list()) {
                    execute(job);
                    moved = true;
                }
            }
        }
        return moved;
    }

    /** A failing job is left to the next try. */
    void execute(Job job) {
        try {
            rotation.management.executeJob(job.getId());
        } catch (RuntimeException retried) {
            assertThat(retried).isNotInstanceOf(AssertionError.class);
        }
    }

    List<String> withCalled(String instance) {
        List<String> all = new ArrayList<>(List.of(instance));
        rotation.runtime.createProcessInstanceQuery().superProcessInstanceId(instance).list().stream()
                .map(called -> called.getId())
                .forEach(all::add);
        return all;
    }

    /** Runs the timer of an activity of the incident or of one of its operations, whatever its due date. */
    void timer(Incident incident, String activity) {
        Job job = rotation.management.createJobQuery().activityId(activity).timers().list().stream()
                .filter(each -> instances(incident).contains(each.getProcessInstanceId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no timer at " + activity));
        rotation.management.executeJob(job.getId());
        settle(incident);
    }

    private List<String> instances(Incident incident) {
        List<String> all = new ArrayList<>(List.of(String.valueOf(now(incident).processInstance())));
        for (Affected affected : incidents.affected(incident.id())) {
            if (affected.operation() != null) {
                String instance = rotation.operations.get(affected.operation()).processInstance();
                if (instance != null) {
                    all.addAll(withCalled(instance));
                }
            }
        }
        return all;
    }

    Incident now(Incident incident) {
        return incidents.get(incident.id());
    }

    Affected affected(Incident incident, Credential credential) {
        return incidents.affected(incident.id()).stream()
                .filter(each -> each.credential().equals(credential.name()))
                .findFirst()
                .orElseThrow();
    }

    Operation operation(Incident incident, Credential credential) {
        return rotation.operations.get(
                Objects.requireNonNull(affected(incident, credential).operation()));
    }

    /** The open human task of the incident or of one of its operations. */
    @Nullable
    Task task(Incident incident) {
        return rotation.tasks.createTaskQuery().list().stream()
                .filter(task -> instances(incident).contains(task.getProcessInstanceId()))
                .findFirst()
                .orElse(null);
    }

    String waitsAt(Incident incident) {
        Task task = task(incident);
        return task == null ? "nobody" : task.getTaskDefinitionKey();
    }

    void answer(Incident incident, Map<String, Object> answers) {
        rotation.tasks.complete(Objects.requireNonNull(task(incident)).getId(), answers);
        settle(incident);
    }

    void later(Duration wait) {
        rotation.clock.advance(wait);
    }

    /** What humans are asked to do for an operation. */
    List<String> tasksOf(Operation operation) {
        List<String> instances =
                withCalled(String.valueOf(rotation.now(operation).processInstance()));
        return rotation.tasks.createTaskQuery().list().stream()
                .filter(task -> instances.contains(task.getProcessInstanceId()))
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    void answer(Operation operation, Map<String, Object> answers) {
        List<String> instances =
                withCalled(String.valueOf(rotation.now(operation).processInstance()));
        Task task = rotation.tasks.createTaskQuery().list().stream()
                .filter(each -> instances.contains(each.getProcessInstanceId()))
                .findFirst()
                .orElseThrow();
        rotation.tasks.complete(task.getId(), answers);
        incidents.of(operation.id()).forEach(this::settle);
    }

    /** Claims the incidents that have not begun, runs each to its first wait state, and returns how many. */
    int begin() {
        List<IncidentClaim> claims = queue.claim(rotation.clock.instant(), 100, IncidentRun.LEASE);
        claims.forEach(run::run);
        return claims.size();
    }
}
