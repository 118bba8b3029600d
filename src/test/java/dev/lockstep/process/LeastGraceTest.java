package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Stage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** The previous version is kept for a while although nobody needs it any more. */
@ProcessTest
@Import(RotationStand.class)
class LeastGraceTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Autowired
    RotationStand stand;

    @Autowired
    Messages messages;

    @AfterEach
    void theClockRunsAgain() {
        stand.clock.start();
    }

    private Given pair() {
        return Given.policy().alternating("app_a", "app_b").consumers("shop").keepingAtLeast(HALF_AN_HOUR);
    }

    private void tick(Operation operation) {
        stand.dispatch.refreshed(0, 100).found().forEach(messages::consumersRefreshed);
        stand.jobs(operation);
    }

    @Test
    void aConsumerThatMovesEarlyDoesNotEndTheGraceBeforeItsLeastTime() {
        stand.clock.freeze();
        Credential credential = stand.adopted(pair());
        Operation operation = stand.rotate(credential);

        stand.reports.acknowledge("shop", stand.ref(credential, 2));
        stand.clock.advance(HALF_AN_HOUR.minusSeconds(1));
        tick(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.stage(credential, 1)).isEqualTo(Stage.PREVIOUS);

        stand.clock.advance(Duration.ofSeconds(1));
        tick(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.logsIn(credential, 1)).isFalse();
    }

    @Test
    void aConsumerThatMovesLateEndsTheGraceAtOnce() {
        stand.clock.freeze();
        Credential credential = stand.adopted(pair());
        Operation operation = stand.rotate(credential);
        stand.clock.advance(HALF_AN_HOUR.plusSeconds(1));
        tick(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");

        stand.reports.acknowledge("shop", stand.ref(credential, 2));
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void consumersThatMovedBeforeTheWaitDoNotEndItBeforeItsLeastTime() {
        stand.clock.freeze();
        Credential credential = stand.adopted(pair());
        Operation operation = stand.request(credential);
        stand.consumers.seen("shop", stand.ref(credential, 2));

        stand.dispatchOnce();
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");

        stand.clock.advance(HALF_AN_HOUR);
        tick(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aRollBackIsPossibleUntilThen() {
        stand.clock.freeze();
        Credential credential = stand.adopted(pair());
        Operation operation = stand.rotate(credential);
        stand.reports.acknowledge("shop", stand.ref(credential, 2));
        stand.clock.advance(HALF_AN_HOUR.minusSeconds(1));

        stand.rotations.rollBack(operation.id(), "tester");
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.served(credential)).isEqualTo(1);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void anEmergencyDoesNotKeepThePreviousVersion() {
        Credential credential = stand.adopted(pair());

        Operation operation = stand.rotateInEmergency(credential);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }
}
