package dev.lockstep.lifecycle;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Proves by a real login that the candidate works. A refusal is tried again: some targets take time. */
@Component
public class VerifyVersion {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final NextWave next;

    VerifyVersion(Workbench workbench, FencedStep fenced, NextWave next) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.next = next;
    }

    /** Returns the wave that tries the verified candidate first; empty when all consumers move at once. */
    public Optional<NextWave.Turn> run(long operationId) {
        Work work = workbench.of(operationId);
        Version candidate = workbench.candidate(work);
        int times = work.credential().policy().verification().times();
        fenced.run(work, Step.VERIFY, work.calls(times), work.facts(candidate), attempt -> {
            try (SecretValue value = workbench.value(work, candidate.ref())) {
                for (int login = 0; login < times; login++) {
                    judge(work, candidate, Logins.of(work.target(), work.credential(), candidate, value));
                }
            }
            return candidate;
        });
        return next.of(work);
    }

    private static void judge(Work work, Version candidate, LoginResult answer) {
        String what = candidate.ref() + " as " + candidate.principal() + " at target "
                + work.credential().target();
        switch (answer) {
            case ACCEPTED -> {}
            case REFUSED ->
                throw new RetryableException(FailureCode.VERIFY_REFUSED, "the new secret does not log in: " + what);
            case PROBE_FAILED ->
                throw new PermanentException(
                        FailureCode.VERIFY_PROBE_FAILED,
                        "the new secret logs in but the permission probe fails: " + what + "; check the grants");
        }
    }
}
