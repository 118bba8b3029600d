package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.RunVersions;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Chooses the version of its process that an operation runs on, once, before its first step. */
@Component
class VersionChoice {

    /** The process that policies speak of. */
    private static final String ROTATION = "rotation";

    private final DeployedVersions deployed;
    private final RolloutWatch rollouts;
    private final RunVersions versions;
    private final Catalog catalog;

    VersionChoice(DeployedVersions deployed, RolloutWatch rollouts, RunVersions versions, Catalog catalog) {
        this.deployed = deployed;
        this.rollouts = rollouts;
        this.versions = versions;
        this.catalog = catalog;
    }

    /**
     * What the operation's first run has chosen, or a choice that is durable when this returns.
     *
     * @throws RetryableException with {@code MISCONFIGURED} when what is wanted is not deployed
     */
    RunVersion of(Claim claim) {
        Operation operation = claim.operation();
        // Before the first claim nobody can have chosen, so nothing has to be looked up.
        Optional<RunVersion> before = claim.token() > 1 ? versions.of(operation.id()) : Optional.empty();
        return before.orElseGet(() -> versions.choose(choose(operation)));
    }

    private RunVersion choose(Operation operation) {
        Choice choice = wanted(operation);
        Deployed version = usable(choice.version());
        return new RunVersion(operation.id(), version.definition(), version.process(), version.tag(), choice.rollout());
    }

    /**
     * The version for a process that the model of an operation calls: what the policy pins of it, and otherwise the
     * newest that is not being tried out.
     */
    Deployed called(Operation operation, String process) {
        List<Deployed> all = deployed.of(process);
        Optional<Choice> pinned = policy(operation)
                .flatMap(Policy::process)
                .filter(pin -> pin.process().equals(process))
                .flatMap(ProcessPin::versionTag)
                .flatMap(tag -> tagged(all, tag));
        return usable(pinned.or(() -> rolledOut(all, operation, false))
                .orElseThrow(() -> missing("no process " + process + " is deployed; deploy it"))
                .version());
    }

    private static Deployed usable(Deployed version) {
        if (version.suspended()) {
            throw missing("process " + version.label() + " is suspended; activate it, or deploy another version");
        }
        return version;
    }

    private Optional<Policy> policy(Operation operation) {
        return catalog.credential(operation.credential()).map(Credential::policy);
    }

    private Choice wanted(Operation operation) {
        Optional<Policy> policy =
                policy(operation).filter(wants -> operation.process().equals(ROTATION));
        Optional<ProcessPin> pin = policy.flatMap(Policy::process);
        if (pin.isEmpty()) {
            return newest(operation.process(), operation);
        }
        Optional<Choice> pinned = pinned(pin.get(), operation);
        // An emergency does not wait for a deployment.
        if (pinned.isEmpty() && operation.priority() >= Operation.EMERGENCY) {
            return newest(operation.process(), operation);
        }
        return pinned.orElseThrow(() -> missing("policy " + policy.orElseThrow().name() + " wants the process "
                + pin.get() + ", and no such version is deployed; deploy it, or change the policy"));
    }

    private Optional<Choice> pinned(ProcessPin pin, Operation operation) {
        List<Deployed> versions = deployed.of(pin.process());
        if (pin.versionTag().isEmpty()) {
            return rolledOut(versions, operation, isCalm(operation));
        }
        return tagged(versions, pin.versionTag().get());
    }

    private static Optional<Choice> tagged(List<Deployed> versions, String tag) {
        return versions.stream()
                .filter(version -> tag.equals(version.tag()))
                .findFirst()
                .map(version -> new Choice(version, null));
    }

    private Choice newest(String process, Operation operation) {
        return rolledOut(deployed.of(process), operation, isCalm(operation))
                .orElseThrow(() -> missing("no process " + process + " is deployed; deploy it"));
    }

    /** Nothing is tried out in an emergency. */
    private static boolean isCalm(Operation operation) {
        return operation.priority() < Operation.EMERGENCY;
    }

    private Optional<Choice> rolledOut(List<Deployed> versions, Operation operation, boolean calm) {
        return versions.stream()
                .findFirst()
                .map(newest -> rollouts.of(newest.process(), newest.tag())
                        .map(rollout ->
                                choose(newest, versions, rollout, calm && rollout.includes(operation.credential())))
                        .orElse(new Choice(newest, null)));
    }

    private static Choice choose(Deployed newest, List<Deployed> versions, Rollout rollout, boolean takesPart) {
        boolean fresh = switch (rollout.status()) {
            case OPEN -> takesPart;
            case COMPLETED -> true;
            case RETURNED -> false;
        };
        Deployed version = fresh
                ? newest
                : versions.stream()
                        .filter(other -> other.tag().equals(rollout.formerTag()))
                        .findFirst()
                        .orElse(newest);
        return new Choice(version, rollout.status() == Rollout.Status.OPEN ? rollout.id() : null);
    }

    private static RetryableException missing(String what) {
        return new RetryableException(FailureCode.MISCONFIGURED, what);
    }

    private record Choice(Deployed version, @Nullable Long rollout) {}
}
