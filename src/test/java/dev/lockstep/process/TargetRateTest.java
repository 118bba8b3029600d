package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Rate;
import dev.lockstep.domain.TargetLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Operations whose target takes only so many within an hour wait, and it costs them nothing. */
@ProcessTest
@Import(RotationStand.class)
class TargetRateTest {

    /** One of its own for each test, because who has begun counts for an hour. */
    private final String target = "paced-" + System.nanoTime();

    @Autowired
    RotationStand stand;

    @Autowired
    PaperGates gates;

    @AfterEach
    void asBefore() {
        stand.catalog.limit(target, TargetLimits.DEFAULT);
        stand.clock.start();
    }

    private void limit(int operations) {
        TargetLimits otherwise = TargetLimits.DEFAULT;
        stand.catalog.limit(
                target,
                new TargetLimits(
                        otherwise.concurrency(),
                        Optional.of(new Rate(operations, Duration.ofHours(1))),
                        otherwise.failures(),
                        otherwise.probeEvery(),
                        otherwise.tellAfter(),
                        otherwise.escalation(),
                        otherwise.reconcileEvery()));
    }

    private Given paced(String principal) {
        return Given.policy()
                .grace(Duration.ZERO)
                .attempts(2)
                .principal(principal)
                .target(target, Map.of());
    }

    @Test
    void theRateIsHeldAndWaitingUsesUpNoAttempt() {
        stand.clock.freeze();
        Credential one = stand.adopted(paced("one"));
        Credential other = stand.alsoAdopted(paced("other"));
        limit(1);
        Operation first = stand.rotate(one);
        assertThat(stand.now(first).outcome()).isEqualTo(Outcome.ROTATED);

        Operation second = stand.request(other);
        for (int i = 0; i < 5; i++) {
            stand.dispatchOnce();
            stand.clock.advance(Duration.ofSeconds(3));
        }
        assertThat(stand.now(second).status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(stand.attempts.list(second.id())).isEmpty();
        assertThat(stand.now(second).failure()).isNull();
        Instant next = Objects.requireNonNull(gates.held().get(target));
        assertThat(next).isAfter(stand.clock.instant());

        stand.clock.set(next);
        stand.dispatchOnce();
        assertThat(stand.now(second).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void anEmergencyIsNotCountedAndDoesNotWait() {
        stand.clock.freeze();
        Credential one = stand.adopted(paced("one"));
        Credential other = stand.alsoAdopted(paced("other"));
        limit(1);

        assertThat(stand.now(stand.rotateInEmergency(one)).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.now(stand.rotate(other)).outcome())
                .as("the emergency has taken nobody's place")
                .isEqualTo(Outcome.ROTATED);
        assertThat(stand.now(stand.rotateInEmergency(one)).outcome()).isEqualTo(Outcome.ROTATED);
    }
}
