package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurrentRunTest {

    private static final Operation OPERATION = Operation.queued(
            17,
            new OperationRequest(
                    CredentialName.of("test/team/paper/app"), "rotation", Operation.ROUTINE, "schedule", "due"),
            "due",
            Instant.EPOCH);

    @Test
    void the_steps_of_a_run_know_its_operation_and_no_other() {
        CurrentRun.of(OPERATION, () -> {
            assertThat(CurrentRun.operation(17)).contains(OPERATION);
            assertThat(CurrentRun.operation(18)).isEmpty();
            return OPERATION;
        });
    }

    @Test
    void nothing_is_remembered_after_a_run_that_breaks() {
        assertThatThrownBy(() -> CurrentRun.of(OPERATION, () -> {
                    throw new IllegalStateException("broke");
                }))
                .hasMessage("broke");
        assertThat(CurrentRun.operation(17)).isEmpty();
    }
}
