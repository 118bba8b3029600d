package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Fingerprints;
import dev.lockstep.port.SecretGenerator;
import dev.lockstep.port.Versions;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes a new secret durable in the store as {@code STAGED}, before any target hears of it. A re-run keeps the
 * candidate it finds, unless the candidate must not be used any more. A rotation that nobody has asked for waits here
 * for the next opening of its policy.
 */
@Component
public class StageVersion {

    private final Workbench workbench;
    private final OpeningHours hours;
    private final FencedStep fenced;
    private final Leftovers leftovers;
    private final Probe probe;
    private final Versions versions;
    private final Attempts attempts;
    private final SecretGenerator generator;
    private final Fingerprints fingerprints;

    StageVersion(
            Workbench workbench,
            OpeningHours hours,
            FencedStep fenced,
            Leftovers leftovers,
            Probe probe,
            Versions versions,
            Attempts attempts,
            SecretGenerator generator,
            Fingerprints fingerprints) {
        this.workbench = workbench;
        this.hours = hours;
        this.fenced = fenced;
        this.leftovers = leftovers;
        this.probe = probe;
        this.versions = versions;
        this.attempts = attempts;
        this.generator = generator;
        this.fingerprints = fingerprints;
    }

    /** Returns the staged candidate of the operation. */
    public Version run(long operationId) {
        Work work = workbench.of(operationId);
        hours.check(work);
        return fenced.run(
                work,
                Step.STAGE,
                work.calls(2),
                Map.of("store", work.credential().store()),
                attempt -> {
                    leftovers.settle(work);
                    Optional<Version> kept =
                            versions.candidate(operationId).flatMap(candidate -> keep(work, candidate));
                    return kept.isPresent() ? withValue(work, kept.get()) : fresh(work);
                });
    }

    private Optional<Version> keep(Work work, Version candidate) {
        return switch (candidate.stage()) {
            case STAGED -> usable(work, candidate) ? Optional.of(candidate) : discard(candidate);
            case DISCARDED ->
                work.operation().newSecret() || !usable(work, candidate) ? Optional.empty() : restage(candidate);
            case CURRENT -> Optional.of(candidate);
            case PREVIOUS, RETIRED, REVOKED -> Optional.empty();
        };
    }

    /** Rules may have changed and the target may have refused it for good; a live candidate is used all the same. */
    private boolean usable(Work work, Version candidate) {
        SecretRules rules = work.credential().policy().secret();
        boolean wanted = candidate.rules().equals(rules.digest()) && !refusedForGood(work);
        return wanted || probe.live(work, candidate);
    }

    private boolean refusedForGood(Work work) {
        long operation = work.operation().id();
        int refusals = attempts.failures(operation, Step.APPLY, FailureCode.SECRET_REFUSED);
        long made = versions.list(work.credential().name()).stream()
                .filter(version -> version.operation() != null && version.operation() == operation)
                .count();
        return made <= refusals / work.credential().policy().retries().newSecretAfter();
    }

    private Optional<Version> discard(Version candidate) {
        versions.move(candidate.ref(), Stage.STAGED, Stage.DISCARDED);
        return Optional.empty();
    }

    private Optional<Version> restage(Version candidate) {
        versions.move(candidate.ref(), Stage.DISCARDED, Stage.STAGED);
        return versions.find(candidate.ref());
    }

    private Version fresh(Work work) {
        SecretRules rules = work.credential().policy().secret();
        Optional<String> inUse = versions.current(work.credential().name()).map(Version::principal);
        try (SecretValue value = generator.generate(rules)) {
            Version candidate = versions.reserve(
                    work.credential().name(),
                    work.operation().id(),
                    work.credential().principalAfter(inUse),
                    fingerprints.of(value),
                    rules.digest());
            work.store().stage(candidate.ref(), value);
            return candidate;
        }
    }

    /** A crash between number and value leaves a version without a value: nobody knows it yet, so a new one will do. */
    private Version withValue(Work work, Version candidate) {
        Optional<SecretValue> stored = work.store().read(candidate.ref());
        stored.ifPresent(SecretValue::close);
        if (stored.isEmpty()) {
            try (SecretValue value =
                    generator.generate(work.credential().policy().secret())) {
                versions.refingerprint(candidate.ref(), fingerprints.of(value));
                work.store().stage(candidate.ref(), value);
            }
        }
        return candidate;
    }
}
