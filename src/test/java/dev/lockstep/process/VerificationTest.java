package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Policy.Depth;
import dev.lockstep.domain.Policy.Verification;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** How deeply, how often and how patiently a new secret is proven. */
@ProcessTest
@Import(RotationStand.class)
class VerificationTest {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Autowired
    RotationStand stand;

    @AfterEach
    void theClockRunsAgain() {
        stand.clock.start();
        stand.target.probeAnswers(LoginResult.ACCEPTED);
    }

    private static Given proven(Depth depth, int times, Duration patience) {
        return Given.policy()
                .grace(Duration.ZERO)
                .attempts(2)
                .backoff(Duration.ofSeconds(30))
                .verification(new Verification(depth, times, patience));
    }

    @Test
    void aMereLoginIsEnoughWhenThePolicySaysSo() {
        Credential credential = stand.adopted(proven(Depth.LOGIN, 1, Duration.ZERO));
        stand.target.probeAnswers(LoginResult.PROBE_FAILED);

        Operation operation = stand.rotate(credential);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void everyOneOfSeveralLoginsHasToSucceed() {
        Credential credential = stand.adopted(proven(Depth.PROBE, 3, Duration.ZERO));
        int before = stand.target.calls("verify");

        Operation operation = stand.rotate(credential);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.target.calls("verify") - before).isGreaterThanOrEqualTo(3);
    }

    @Test
    void aSecretThatWorksOnlyAfterAWhileIsWaitedForBeyondTheAttempts() {
        stand.clock.freeze();
        Credential credential = stand.adopted(proven(Depth.PROBE, 1, TEN_MINUTES));
        stand.target.takesTime(6);
        Operation operation = stand.rotate(credential);
        for (int i = 0; i < 5; i++) {
            assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);
            assertThat(stand.served(credential)).isEqualTo(1);
            stand.clock.advance(Duration.ofSeconds(30));
            stand.dispatchOnce();
        }
        stand.clock.advance(Duration.ofSeconds(30));
        stand.dispatchOnce();

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.target.calls("apply"))
                .as("it is not set anew while it is waited for")
                .isEqualTo(1);
    }

    @Test
    void theNewSecretIsUndoneWhenThePatienceIsOver() {
        stand.clock.freeze();
        Credential credential = stand.adopted(proven(Depth.PROBE, 1, TEN_MINUTES));
        stand.target.probeAnswers(LoginResult.REFUSED);
        Operation operation = stand.rotate(credential);
        for (int i = 0; i < 19; i++) {
            stand.clock.advance(Duration.ofSeconds(30));
            stand.dispatchOnce();
        }
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);

        stand.clock.advance(Duration.ofSeconds(30));
        stand.dispatchOnce();
        stand.target.probeAnswers(LoginResult.ACCEPTED);
        stand.jobs(operation);

        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }
}
