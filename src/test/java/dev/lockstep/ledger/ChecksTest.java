package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Finding;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Checks;
import java.time.Duration;
import java.util.List;

class ChecksTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @OnEachDatabase
    void credentials_at_rest_are_due_the_longest_waiting_first(LedgerStand stand) {
        inUse(stand, ORDERS);
        inUse(stand, BILLING);
        stand.ledger.inventory().register(CredentialName.of("a/b/c/without-version"), "orders-db", null);
        inUse(stand, CredentialName.of("a/b/c/contained"));
        stand.ledger.inventory().mark(CredentialName.of("a/b/c/contained"), CredentialStatus.CONTAINED);
        Checks checks = stand.ledger.checks();

        assertThat(due(stand)).containsExactly(new Checks.Due(BILLING, true), new Checks.Due(ORDERS, true));
        assertThat(checks.due("other-db", NOON, NOON, 9)).isEmpty();

        checks.fine(BILLING, true);
        assertThat(due(stand)).containsExactly(new Checks.Due(ORDERS, true));
        checks.fine(ORDERS, false);
        assertThat(due(stand)).isEmpty();

        stand.clock.advance(HOUR.plusSeconds(1));
        assertThat(due(stand)).containsExactly(new Checks.Due(BILLING, false), new Checks.Due(ORDERS, true));
    }

    @OnEachDatabase
    void a_credential_with_an_operation_is_left_alone_and_due_right_after_it(LedgerStand stand) {
        inUse(stand, ORDERS);
        stand.ledger.checks().fine(ORDERS, true);
        stand.clock.advance(HOUR.multipliedBy(2));
        Operation operation = stand.ledger.request(ORDERS, Operation.REQUESTED);
        assertThat(due(stand)).isEmpty();

        stand.ledger.operations().close(operation.id(), Outcome.KEPT_PREVIOUS);
        assertThat(due(stand)).hasSize(1);

        stand.ledger.checks().fine(ORDERS, false);
        assertThat(due(stand)).isEmpty();
        stand.clock.advance(Duration.ofSeconds(1));
        Operation second = stand.ledger.request(ORDERS, Operation.REQUESTED);
        stand.ledger.operations().close(second.id(), Outcome.ROTATED);
        assertThat(due(stand)).as("compared before its last operation ended").hasSize(1);
    }

    @OnEachDatabase
    void a_finding_keeps_its_beginning_and_its_follower_until_it_is_over_or_another(LedgerStand stand) {
        inUse(stand, ORDERS);
        Checks checks = stand.ledger.checks();
        assertThat(checks.finding(ORDERS)).isEmpty();

        checks.found(ORDERS, false, FailureCode.DRIFT, "refused");
        Finding found = checks.unfollowed(9).get(0);
        assertThat(found).isEqualTo(new Finding(ORDERS, FailureCode.DRIFT, "refused", NOON, NOON, null));
        assertThat(checks.followed(found, "instance-1")).isTrue();
        assertThat(checks.followed(found, "instance-2")).isFalse();
        assertThat(checks.unfollowed(9)).isEmpty();

        stand.clock.advance(HOUR);
        checks.found(ORDERS, false, FailureCode.DRIFT, "still refused");
        assertThat(checks.findings(9))
                .containsExactly(
                        new Finding(ORDERS, FailureCode.DRIFT, "still refused", NOON, NOON.plus(HOUR), "instance-1"));

        checks.found(ORDERS, true, FailureCode.STILL_ALIVE, "another thing");
        assertThat(checks.unfollowed(9))
                .containsExactly(new Finding(
                        ORDERS, FailureCode.STILL_ALIVE, "another thing", NOON.plus(HOUR), NOON.plus(HOUR), null));

        checks.fine(ORDERS, true);
        assertThat(checks.findings(9)).isEmpty();
        assertThat(checks.finding(ORDERS)).isEmpty();
    }

    @OnEachDatabase
    void a_finding_that_an_operation_has_not_cured_is_followed_up_again(LedgerStand stand) {
        inUse(stand, ORDERS);
        Checks checks = stand.ledger.checks();
        checks.found(ORDERS, false, FailureCode.DRIFT, "refused");
        checks.followed(checks.unfollowed(9).get(0), "instance-1");
        stand.clock.advance(HOUR);
        Operation operation = stand.ledger.request(ORDERS, Operation.REQUESTED);
        stand.ledger.operations().close(operation.id(), Outcome.KEPT_PREVIOUS);

        checks.found(ORDERS, false, FailureCode.DRIFT, "refused");

        assertThat(checks.unfollowed(9)).hasSize(1);
    }

    private static List<Checks.Due> due(LedgerStand stand) {
        return stand.ledger
                .checks()
                .due(
                        "orders-db",
                        stand.clock.instant().minus(HOUR),
                        stand.clock.instant().minus(Duration.ofDays(1)),
                        9);
    }

    private static void inUse(LedgerStand stand, CredentialName name) {
        stand.ledger.inventory().register(name, "orders-db", null);
        stand.ledger
                .versions()
                .promote(stand.ledger
                        .versions()
                        .reserve(name, null, "app", "0".repeat(64), "imported")
                        .ref());
    }
}
