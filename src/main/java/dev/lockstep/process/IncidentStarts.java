package dev.lockstep.process;

import dev.lockstep.domain.Incident;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Starts the process of an incident in the caller's transaction. Its first job is run at once by a thread that nothing
 * queues before; should that thread die, the job executor finds the job half a minute later.
 */
@Component
class IncidentStarts {

    private static final String PROCESS = "emergency-revocation";
    private static final Duration REMEMBER = Duration.ofSeconds(5);
    private static final Duration FALL_BACK = Duration.ofSeconds(30);

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final ManagementService management;
    private final Clock clock;
    private volatile @Nullable Newest newest;
    private final List<Consumer<String>> runners = new CopyOnWriteArrayList<>();

    IncidentStarts(RuntimeService runtime, RepositoryService repository, ManagementService management, Clock clock) {
        this.runtime = runtime;
        this.repository = repository;
        this.management = management;
        this.clock = clock;
    }

    /** @param runner gets the number of each first job as soon as it is committed */
    void register(Consumer<String> runner) {
        runners.add(runner);
    }

    /** Returns the id of the instance. */
    String start(Incident incident) {
        String instance = runtime.createProcessInstanceById(definition())
                .businessKey(incident.label())
                .setVariable(ModelVariables.INCIDENT, incident.id())
                .execute()
                .getId();
        Job job = management.createJobQuery().processInstanceId(instance).singleResult();
        management.setJobDuedate(job.getId(), Date.from(clock.instant().plus(FALL_BACK)));
        afterCommit(job.getId());
        return instance;
    }

    /** Asked anew every few seconds, because a designer may deploy another version. */
    private String definition() {
        Instant now = clock.instant();
        Newest known = newest;
        if (known == null || Duration.between(known.since(), now).abs().compareTo(REMEMBER) > 0) {
            known = new Newest(newestVersion(), now);
            newest = known;
        }
        return known.id();
    }

    private String newestVersion() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(PROCESS)
                .latestVersion()
                .singleResult()
                .getId();
    }

    private record Newest(String id, Instant since) {}

    private void afterCommit(String job) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                runners.forEach(runner -> runner.accept(job));
            }
        });
    }
}
