package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import java.time.Duration;
import java.util.Date;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What operations do while their target is left alone: they wait, and it costs them nothing. */
@ProcessTest
@Import(RotationStand.class)
class PausedTargetTest {

    @Autowired
    RotationStand stand;

    @Autowired
    PaperGates gates;

    @AfterEach
    void open() {
        gates.open("paper");
    }

    @Test
    void anOperationThatWasClaimedGoesBackToTheQueueUntried() {
        Credential credential = stand.adopted(Given.policy().attempts(2).grace(Duration.ZERO));
        gates.shut("paper");
        Operation operation = stand.request(credential);
        for (int i = 0; i < 7; i++) {
            assertThat(stand.dispatchOnce()).isEqualTo(1);
            stand.clock.advance(Duration.ofSeconds(3));
        }
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(stand.now(operation).failure()).isNull();
        assertThat(stand.attempts.list(operation.id())).isEmpty();

        gates.open("paper");
        stand.dispatchOnce();

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void anEmergencyIsTriedAllTheSame() {
        Credential credential = stand.adopted(Given.policy().grace(Duration.ZERO));
        gates.shut("paper");

        Operation operation = stand.rotateInEmergency(credential);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aJobOfTheEngineWaitsWithoutUsingUpRetries() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        stand.job(operation, "GraceOver");
        gates.shut("paper");
        Job before = retirement(operation);
        int attempts = stand.attempts.list(operation.id()).size();
        for (int i = 0; i < 9; i++) {
            fails(operation);
        }
        Job after = retirement(operation);
        assertThat(after.getRetries()).isEqualTo(before.getRetries());
        assertThat(after.getExceptionMessage()).isNull();
        assertThat(after.getDuedate())
                .isAfter(Date.from(ClockUtil.getCurrentTime().toInstant().plusSeconds(5)));
        assertThat(stand.attempts.list(operation.id())).hasSize(attempts);
        assertThat(stand.now(operation).failure()).isNull();

        gates.open("paper");
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aJobThatReallyFailsUsesUpRetriesAsBefore() {
        Credential credential = stand.adopted(Given.policy().alternating("app_a", "app_b"));
        Operation operation = stand.rotate(credential);
        stand.job(operation, "GraceOver");
        stand.target.fail("retire", 1, () -> new IllegalStateException("broken"));
        fails(operation);
        int left = retirement(operation).getRetries();
        gates.shut("paper");
        fails(operation);
        assertThat(retirement(operation).getRetries()).isEqualTo(left);
        gates.open("paper");
        stand.target.fail("retire", 1, () -> new IllegalStateException("broken"));
        fails(operation);
        assertThat(retirement(operation).getRetries()).isEqualTo(left - 1);
    }

    private Job retirement(Operation operation) {
        return stand.management
                .createJobQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .activityId("ReadyToRetire")
                .singleResult();
    }

    private void fails(Operation operation) {
        String job = retirement(operation).getId();
        try {
            stand.management.executeJob(job);
        } catch (RuntimeException expected) {
            return;
        }
        throw new AssertionError("the job should not have gone through");
    }
}
