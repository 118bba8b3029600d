package dev.lockstep.lifecycle;

import dev.lockstep.domain.Canary;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.HealthProbes;
import dev.lockstep.port.Waves;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Decides whether a wave passed: nobody complained, all its consumers have confirmed the new version, and the health
 * probe says that all is well. Changes nothing outside.
 */
@Component
public class CheckWave {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final NextWave next;
    private final Consumers consumers;
    private final HealthProbes probes;
    private final Waves waves;

    CheckWave(
            Workbench workbench,
            FencedStep fenced,
            NextWave next,
            Consumers consumers,
            HealthProbes probes,
            Waves waves) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.next = next;
        this.consumers = consumers;
        this.probes = probes;
        this.waves = waves;
    }

    /** Returns the wave that is next; empty when this was the last. A wave that passed before is not asked again. */
    public Optional<NextWave.Turn> run(long operationId) {
        Work work = workbench.of(operationId);
        Optional<NextWave.Turn> turn = next.of(work);
        if (turn.isEmpty()) {
            return turn;
        }
        SecretRef candidate = workbench.candidate(work).ref();
        Optional<Canary.Probe> probe = work.credential().policy().canary().flatMap(Canary::health);
        Duration timeout = probe.isPresent() ? probes.timeout() : Duration.ofSeconds(1);
        Map<String, String> facts = Map.of("wave", Integer.toString(turn.get().number()));
        fenced.run(work, Step.CHECK_WAVE, timeout, facts, attempt -> {
            nobodyComplains(work, candidate);
            allConfirmed(candidate);
            probe.ifPresent(this::allIsWell);
            return turn;
        });
        waves.passed(operationId, work.operation().round(), turn.get().number());
        return next.of(work);
    }

    private void nobodyComplains(Work work, SecretRef candidate) {
        List<String> complaints = consumers.complaints(candidate);
        if (!complaints.isEmpty()) {
            throw new PermanentException(
                    FailureCode.CONSUMER_UNHEALTHY,
                    String.join(", ", complaints) + " cannot work with " + candidate
                            + "; everybody goes back to the version before");
        }
        if (work.operation().rollback()) {
            throw new PermanentException(FailureCode.CONSUMER_UNHEALTHY, "a roll-back was asked for during a wave");
        }
    }

    /** All to whom it was released: who registered since then waits for the next wave. */
    private void allConfirmed(SecretRef candidate) {
        List<String> silent = consumers.of(candidate.credential()).stream()
                .filter(each -> Objects.equals(each.released(), candidate.version()))
                .filter(each -> each.version() == null || each.version() < candidate.version())
                .map(Consumers.Sighting::consumer)
                .toList();
        if (!silent.isEmpty()) {
            throw new RetryableException(
                    FailureCode.CONSUMER_UNHEALTHY,
                    "not all consumers of the wave have confirmed " + candidate + ": " + String.join(", ", silent));
        }
    }

    private void allIsWell(Canary.Probe probe) {
        Health answer = probes.ask(probe);
        if (!answer.up()) {
            throw new RetryableException(FailureCode.CONSUMER_UNHEALTHY, answer.detail());
        }
    }
}
