package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConnectionCheckTest {

    @Test
    void aPoolWithTwoConnectionsForEachWorkerIsEnough() {
        assertThatCode(() -> ConnectionCheck.check(71, 8)).doesNotThrowAnyException();
    }

    @Test
    void aSmallerPoolIsRefusedInOneLineThatSaysWhatToSet() {
        assertThatThrownBy(() -> ConnectionCheck.check(10, 8))
                .isInstanceOfSatisfying(
                        TooFewConnections.class,
                        refused -> assertThat(new TooFewConnections.Analyzer()
                                        .analyze(refused)
                                        .getAction())
                                .contains("spring.datasource.hikari.maximum-pool-size to at least 71"));
    }
}
