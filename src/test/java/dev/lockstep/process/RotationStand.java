package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.SecretStores;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.springframework.beans.factory.annotation.Autowired;

/** Drives rotations by hand, one transaction at a time. */
class RotationStand {

    static final Supplier<Throwable> UNREACHABLE =
            () -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "the target does not answer");
    static final Supplier<Throwable> DENIED =
            () -> new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "the administrator lacks a right");

    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    PaperCatalog catalog;

    @Autowired
    PaperTarget target;

    @Autowired
    AdoptCredentials adopt;

    @Autowired
    Rotations rotations;

    @Autowired
    ConsumerReports reports;

    @Autowired
    Operations operations;

    @Autowired
    Dispatch dispatch;

    @Autowired
    Attempts attempts;

    @Autowired
    Versions versions;

    @Autowired
    Inventory inventory;

    @Autowired
    Consumers consumers;

    @Autowired
    SecretStores stores;

    @Autowired
    OperationRun run;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TestClock clock;

    /** A credential whose account already has a secret, adopted as version 1. */
    Credential adopted(Given given) {
        return adopted(given, "the-first-secret");
    }

    Credential adopted(Given given, String secret) {
        Credential credential = given.initial(secret).credential("test/team/paper/app-" + NAMES.incrementAndGet());
        catalog.clear();
        catalog.put(credential);
        target.reset();
        target.set(credential.principals().get(0), secret);
        adopt.run();
        assertThat(versions.current(credential.name())).isPresent();
        return credential;
    }

    /** One more credential in the same house. */
    Credential alsoAdopted(Given given) {
        return alsoAdopted(given, "secret-number-" + NAMES.incrementAndGet());
    }

    Credential alsoAdopted(Given given, String secret) {
        Credential credential = given.initial(secret).credential("test/team/paper/app-" + NAMES.incrementAndGet());
        catalog.put(credential);
        target.set(credential.principals().get(0), secret);
        adopt.run();
        return credential;
    }

    /** A credential that Lockstep knows no value of. */
    Credential unknown(Given given) {
        Credential credential = given.credential("test/team/paper/app-" + NAMES.incrementAndGet());
        catalog.clear();
        catalog.put(credential);
        target.reset();
        adopt.run();
        return credential;
    }

    Operation request(Credential credential) {
        return rotations.rotate(credential.name(), false, "tester", "a test");
    }

    /** Requests a rotation and runs it up to its first wait state. */
    Operation rotate(Credential credential) {
        Operation operation = request(credential);
        dispatchOnce();
        return operation;
    }

    Operation rotateInEmergency(Credential credential) {
        Operation operation = rotations.rotate(credential.name(), true, "tester", "a test");
        dispatchOnce();
        return operation;
    }

    /** Claims what may start now and runs it here. Returns how many operations that were. */
    int dispatchOnce() {
        List<Claim> claims = dispatch.claim(clock.instant(), 100, Integer.MIN_VALUE, OperationRun.LEASE);
        claims.forEach(run::run);
        return claims.size();
    }

    /** Runs as the dispatcher would until nothing may start any more, letting the back-off pass. */
    void dispatchPatiently() {
        for (int i = 0; i < 50; i++) {
            clock.advance(Duration.ofMinutes(2));
            if (dispatchOnce() == 0) {
                return;
            }
        }
        throw new AssertionError("the operation never came to rest");
    }

    Operation now(Operation operation) {
        return operations.get(operation.id());
    }

    ProcessInstance instance(Operation operation) {
        return runtime.createProcessInstanceQuery()
                .processInstanceId(
                        Optional.ofNullable(now(operation).processInstance()).orElse("none"))
                .singleResult();
    }

    boolean ended(Operation operation) {
        return instance(operation) == null;
    }

    /** Runs the job of one activity, whatever its due date. A failing job throws. */
    void job(Operation operation, String activity) {
        Job job = management
                .createJobQuery()
                .processInstanceId(now(operation).processInstance())
                .activityId(activity)
                .singleResult();
        assertThat(job).as("job of " + activity).isNotNull();
        management.executeJob(job.getId());
    }

    /**
     * Runs every async job until the instance waits for a timer, a message or a human; failing jobs are tried again.
     */
    void jobs(Operation operation) {
        for (int i = 0; i < 100; i++) {
            List<Job> due = management
                    .createJobQuery()
                    .processInstanceId(now(operation).processInstance())
                    .messages()
                    .withRetriesLeft()
                    .list();
            if (due.isEmpty()) {
                return;
            }
            due.forEach(this::tryJob);
        }
        throw new AssertionError("jobs never came to rest");
    }

    private void tryJob(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (RuntimeException retried) {
            assertThat(retried).isNotInstanceOf(AssertionError.class);
        }
    }

    Task task(Operation operation) {
        return tasks.createTaskQuery()
                .processInstanceId(now(operation).processInstance())
                .singleResult();
    }

    /** Answers the open human task and runs what follows. */
    void answer(Operation operation, String field, String choice) {
        tasks.complete(task(operation).getId(), Map.of(field, choice));
        jobs(operation);
    }

    Stage stage(Credential credential, int version) {
        return versions.list(credential.name()).stream()
                .filter(candidate -> candidate.ref().version() == version)
                .findFirst()
                .map(Version::stage)
                .orElseThrow();
    }

    /** Whether the stored value of a version is what the target accepts for its principal. */
    boolean logsIn(Credential credential, int version) {
        Version known = versions.list(credential.name()).stream()
                .filter(candidate -> candidate.ref().version() == version)
                .findFirst()
                .orElseThrow();
        SecretValue accepted = target.accepted(known.principal());
        return stores.store(credential.store())
                .read(known.ref())
                .map(value -> value.equals(accepted))
                .orElse(false);
    }

    /** The version that applications read. */
    int served(Credential credential) {
        return stores.store(credential.store())
                .current(credential.name())
                .orElseThrow()
                .version();
    }

    /** The version that applications read from a store, if any. */
    Optional<SecretRef> served(Credential credential, String store) {
        return stores.store(store).current(credential.name());
    }

    SecretRef ref(Credential credential, int version) {
        return new SecretRef(credential.name(), version);
    }

    SecretValue value(Credential credential, int version) {
        return stores.store(credential.store()).read(ref(credential, version)).orElseThrow();
    }

    Object variable(Operation operation, String name) {
        return runtime.getVariable(now(operation).processInstance(), name);
    }
}
