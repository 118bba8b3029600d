package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.testing.TestClock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class StoresHealthTest {

    private static final Endpoint OTHER = new Endpoint("aws", "aws-secrets-manager", Map.of());

    private final FakeStore store = new FakeStore();

    @Test
    void one_store_of_two_that_is_down_degrades() {
        FakeStore down = new FakeStore();
        down.health = new Health(false, "no answer");
        StoresHealth health = new StoresHealth(
                new FakeCatalog(List.of(OTHER, Samples.STORE)),
                name -> name.equals("aws") ? down : store,
                TestClock.frozenAt(Samples.NOW));

        assertThat(health.health().getStatus()).isEqualTo(Degraded.STATUS);
        assertThat(health.health().getDetails())
                .containsEntry("aws", "down: no answer")
                .containsEntry("vault", "up: fine");
    }

    @Test
    void a_store_that_cannot_be_opened_is_down() {
        StoresHealth health = new StoresHealth(
                new FakeCatalog(),
                name -> {
                    throw new PermanentException(FailureCode.MISCONFIGURED, "no such store");
                },
                TestClock.frozenAt(Samples.NOW));

        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails()).containsEntry("vault", "down: cannot be opened: misconfigured");
    }

    @Test
    void no_store_at_all_is_no_failure() {
        StoresHealth health =
                new StoresHealth(new FakeCatalog(List.of()), name -> store, TestClock.frozenAt(Samples.NOW));

        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
