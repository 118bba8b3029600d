package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.RunVersions;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Chooses the version of its process that an operation runs on, once, before its first step. */
@Component
class VersionChoice {

    /** The process that policies speak of. */
    private static final String ROTATION = "rotation";

    private final DeployedVersions deployed;
    private final RunVersions versions;
    private final Catalog catalog;

    VersionChoice(DeployedVersions deployed, RunVersions versions, Catalog catalog) {
        this.deployed = deployed;
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
        Deployed version = wanted(operation);
        if (version.suspended()) {
            throw missing("process " + version.label() + " is suspended; activate it, or deploy another version");
        }
        return new RunVersion(operation.id(), version.definition(), version.process(), version.tag(), null);
    }

    private Deployed wanted(Operation operation) {
        Optional<Policy> policy = catalog.credential(operation.credential())
                .map(Credential::policy)
                .filter(wants -> operation.process().equals(ROTATION));
        Optional<ProcessPin> pin = policy.flatMap(Policy::process);
        if (pin.isEmpty()) {
            return newest(operation.process());
        }
        Optional<Deployed> pinned = pinned(pin.get());
        // An emergency does not wait for a deployment.
        if (pinned.isEmpty() && operation.priority() >= Operation.EMERGENCY) {
            return newest(operation.process());
        }
        return pinned.orElseThrow(() -> missing("policy " + policy.orElseThrow().name() + " wants the process "
                + pin.get() + ", and no such version is deployed; deploy it, or change the policy"));
    }

    private Optional<Deployed> pinned(ProcessPin pin) {
        return deployed.of(pin.process()).stream()
                .filter(version ->
                        pin.versionTag().isEmpty() || pin.versionTag().get().equals(version.tag()))
                .findFirst();
    }

    private Deployed newest(String process) {
        return deployed.of(process).stream()
                .findFirst()
                .orElseThrow(() -> missing("no process " + process + " is deployed; deploy it"));
    }

    private static RetryableException missing(String what) {
        return new RetryableException(FailureCode.MISCONFIGURED, what);
    }
}
