package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CurrentRunTest {

    private static final Operation OPERATION = new Operation(
            17,
            CredentialName.of("test/team/paper/app"),
            "rotation",
            OperationStatus.CLAIMED,
            Operation.ROUTINE,
            "schedule",
            "due",
            1,
            false,
            false,
            null,
            null,
            null,
            null,
            Instant.EPOCH,
            Instant.EPOCH,
            null);

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
