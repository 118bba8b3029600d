package dev.lockstep.lifecycle;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Versions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Collects for a human what failed and what is true now at store and target. Never fails itself. */
@Component
public class DescribeFailure {

    private static final Set<Stage> OF_INTEREST = Set.of(Stage.STAGED, Stage.CURRENT, Stage.PREVIOUS, Stage.DISCARDED);
    private static final int NEWEST = 3;

    private final Workbench workbench;
    private final Probe probe;
    private final Versions versions;
    private final Clock clock;

    DescribeFailure(Workbench workbench, Probe probe, Versions versions, Clock clock) {
        this.workbench = workbench;
        this.probe = probe;
        this.versions = versions;
        this.clock = clock;
    }

    /** Probes store and target once; an answer that cannot be had is a fact as well. */
    public Facts run(long operationId) {
        Work work = workbench.of(operationId);
        Operation operation = work.operation();
        FailureCode code = operation.failure() == null ? FailureCode.INTERNAL_ERROR : operation.failure();
        String message = operation.failureMessage() == null
                ? "no reason was recorded; see the operation's attempts"
                : operation.failureMessage();
        return new Facts(
                work,
                code,
                message,
                atStore(work),
                atTarget(work),
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private String atStore(Work work) {
        try {
            Optional<SecretRef> served = work.store().current(work.credential().name());
            return served.map(ref -> "applications read version " + ref.version())
                            .orElse("applications read no version yet")
                    + " from store " + work.credential().store();
        } catch (LockstepException failure) {
            return "store " + work.credential().store() + " does not answer: " + failure.getMessage();
        }
    }

    private String atTarget(Work work) {
        return versions.list(work.credential().name()).stream()
                .filter(version -> OF_INTEREST.contains(version.stage()))
                .limit(NEWEST)
                .map(version -> describe(work, version))
                .collect(Collectors.joining("; "));
    }

    private String describe(Work work, Version version) {
        String what = "version " + version.ref().version() + " (" + version.stage() + ", " + version.principal() + ") ";
        try {
            return what + probe.ask(work, version).map(DescribeFailure::words).orElse("has no value in the store");
        } catch (LockstepException failure) {
            return what + "could not be tried: " + failure.getMessage();
        }
    }

    private static String words(LoginResult answer) {
        return switch (answer) {
            case ACCEPTED -> "logs in";
            case PROBE_FAILED -> "logs in, but the permission probe fails";
            case REFUSED -> "is refused";
        };
    }

    /**
     * What a human needs to decide; no secret in it.
     *
     * @param probedAt when store and target were asked, ISO-8601 in UTC
     */
    public record Facts(
            Operation operation,
            Credential credential,
            FailureCode code,
            String message,
            String atStore,
            String atTarget,
            String probedAt) {

        Facts(Work work, FailureCode code, String message, String atStore, String atTarget, String probedAt) {
            this(work.operation(), work.credential(), code, message, atStore, atTarget, probedAt);
        }

        /** Who is asked and how long they have. */
        public Policy.Escalation escalation() {
            return credential.policy().escalation();
        }
    }
}
