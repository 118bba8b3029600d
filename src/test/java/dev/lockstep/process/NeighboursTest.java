package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Neighbours;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Rotations that mind each other, from the configuration to the end of the process. */
@ProcessTest
@Import(RotationStand.class)
class NeighboursTest {

    private static final Neighbours PAIR =
            new Neighbours(Optional.of(new Neighbours.Apart("pair", Duration.ofHours(2))), Set.of());

    @Autowired
    RotationStand stand;

    @AfterEach
    void theClockRunsAgain() {
        stand.clock.start();
    }

    @Test
    void thePartnerWaitsUntilTheOtherIsDoneAndTheOffsetIsOver() {
        stand.clock.freeze();
        Credential one = stand.adopted(Given.policy().principal("one").neighbours(PAIR));
        Credential other = stand.alsoAdopted(
                Given.policy().grace(Duration.ZERO).principal("other").neighbours(PAIR));
        Operation first = stand.rotate(one);
        assertThat(stand.now(first).status()).isEqualTo(OperationStatus.RUNNING);

        Operation second = stand.rotate(other);
        assertThat(stand.now(second).status())
                .as("the first one is in its grace")
                .isEqualTo(OperationStatus.QUEUED);

        stand.job(first, "GraceOver");
        stand.jobs(first);
        assertThat(stand.now(first).outcome()).isEqualTo(Outcome.ROTATED);
        stand.dispatchOnce();
        assertThat(stand.now(second).status()).as("it is not two hours later").isEqualTo(OperationStatus.QUEUED);

        stand.clock.advance(Duration.ofHours(2));
        stand.dispatchOnce();
        assertThat(stand.now(second).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void dependantsComeAfterTheirAdministratorAlsoOverOthers() {
        stand.clock.freeze();
        Credential admin = stand.adopted(Given.policy().grace(Duration.ZERO).principal("admin"));
        Credential middle = stand.alsoAdopted(
                Given.policy().principal("middle").neighbours(new Neighbours(Optional.empty(), Set.of(admin.name()))));
        Credential last = stand.alsoAdopted(Given.policy()
                .grace(Duration.ZERO)
                .principal("last")
                .neighbours(new Neighbours(Optional.empty(), Set.of(middle.name()))));
        Operation waiting = stand.request(last);
        stand.clock.advance(Duration.ofSeconds(1));
        Operation first = stand.request(admin);

        stand.dispatchOnce();
        assertThat(stand.now(first).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.now(waiting).status()).isEqualTo(OperationStatus.QUEUED);

        stand.dispatchOnce();
        assertThat(stand.now(waiting).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void whatTheConfigurationTakesBackHoldsNobodyUp() {
        Credential one = stand.adopted(Given.policy().principal("one").neighbours(PAIR));
        Credential other = stand.alsoAdopted(Given.policy().principal("other").neighbours(PAIR));
        stand.rotate(one);
        Operation second = stand.rotate(other);
        assertThat(stand.now(second).status()).isEqualTo(OperationStatus.QUEUED);

        stand.catalog.put(
                Given.policy().principal("other").credential(other.name().value()));
        stand.adopt.run();
        stand.dispatchOnce();

        assertThat(stand.now(second).status()).isEqualTo(OperationStatus.RUNNING);
    }
}
