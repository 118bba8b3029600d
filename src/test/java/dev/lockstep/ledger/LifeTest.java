package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Quarantine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the ledger keeps what was asked for, what has expired, and who still reads. */
class LifeTest {

    private static Definition definition(CredentialName name, String... principals) {
        return new Definition(
                name,
                "shop-team",
                "database-user",
                "orders-db",
                "main",
                List.of("second", "third"),
                "ephemeral",
                List.of(principals),
                Map.of("database", "orders", "probe", "SELECT 1"),
                List.of("web", "batch", "a", "b", "c", "d", "e", "f", "g", "h", "i"),
                Map.of("tier", "gold"),
                Optional.of(new Expiry.After(Duration.ofHours(8))));
    }

    private static Optional<Operation> request(LedgerStand stand, CredentialName name, String process) {
        return stand.ledger.operations().request(new OperationRequest(name, process, 50, "alice", "a test asked"));
    }

    @OnEachDatabase
    void a_definition_comes_back_as_it_was_written(LedgerStand stand) {
        Definitions definitions = stand.ledger.definitions();

        assertThat(definitions.add(definition(ORDERS, "orders_b", "orders_a"))).isTrue();
        assertThat(definitions.add(definition(BILLING, "billing"))).isTrue();

        assertThat(definitions.find(ORDERS)).contains(definition(ORDERS, "orders_b", "orders_a"));
        assertThat(definitions.list())
                .containsExactlyInAnyOrder(definition(ORDERS, "orders_b", "orders_a"), definition(BILLING, "billing"))
                .isSortedAccordingTo((one, other) -> one.name().compareTo(other.name()));
        assertThat(definitions.withPrincipals(List.of("orders_a", "orders_b", "nobody")))
                .containsExactly(definition(ORDERS, "orders_b", "orders_a"));
        assertThat(definitions.withPrincipals(List.of("orders"))).isEmpty();
        assertThat(stand.ledger.inventory().find(ORDERS).orElseThrow().status()).isEqualTo(CredentialStatus.REQUESTED);
    }

    @OnEachDatabase
    void a_name_is_taken_until_its_life_is_over(LedgerStand stand) {
        Definitions definitions = stand.ledger.definitions();
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        assertThat(definitions.add(definition(ORDERS, "orders"))).isFalse();
        assertThat(definitions.find(ORDERS)).isEmpty();

        definitions.add(definition(BILLING, "billing"));
        assertThat(definitions.add(definition(BILLING, "other"))).isFalse();
        stand.ledger.inventory().mark(BILLING, CredentialStatus.DECOMMISSIONED);
        assertThat(definitions.find(BILLING)).isEmpty();
        assertThat(definitions.list()).isEmpty();
        assertThat(definitions.add(definition(BILLING, "other"))).isTrue();

        assertThat(definitions.find(BILLING)).contains(definition(BILLING, "other"));
        assertThat(stand.ledger.inventory().find(BILLING).orElseThrow().status())
                .isEqualTo(CredentialStatus.REQUESTED);
    }

    @OnEachDatabase
    void each_stage_of_a_life_has_its_operations(LedgerStand stand) {
        stand.ledger.definitions().add(definition(ORDERS, "orders"));
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> request(stand, ORDERS, "rotation"))
                .withMessageContaining("not issued yet");
        Operation issuance = request(stand, ORDERS, "issuance").orElseThrow();
        stand.ledger.operations().close(issuance.id(), Outcome.ISSUED);

        stand.ledger.inventory().mark(ORDERS, CredentialStatus.ACTIVE);
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> request(stand, ORDERS, "issuance"))
                .withMessageContaining("issued already");
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.DISABLED);
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> request(stand, ORDERS, "rotation"))
                .withMessageContaining("on its way to decommission");
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.DECOMMISSIONED);
        Failures.assertPermanent(FailureCode.MISCONFIGURED, () -> request(stand, ORDERS, "decommission"))
                .withMessageContaining("is decommissioned");
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.CONTAINED);
        assertThat(request(stand, ORDERS, "decommission")).isPresent();
    }

    @OnEachDatabase
    void what_has_expired_is_queued_for_decommission_once_the_oldest_first(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", NOON);
        stand.ledger.inventory().register(BILLING, "orders-db", null);
        stand.ledger.inventory().expire(ORDERS, NOON);
        stand.ledger.inventory().expire(BILLING, NOON.minusSeconds(1));

        List<Operation> expired = stand.ledger.operations().requestExpired(NOON, 10);

        assertThat(expired).extracting(Operation::credential).containsExactly(BILLING, ORDERS);
        assertThat(expired).extracting(Operation::process).containsOnly("decommission");
        assertThat(expired.get(1).reason()).isEqualTo("expired at " + NOON);
        assertThat(stand.ledger.operations().requestExpired(NOON, 10)).isEmpty();
        assertThat(stand.ledger.operations().requestDue(NOON, 10)).isEmpty();
    }

    @OnEachDatabase
    void what_lives_on_or_is_over_is_not_expired(LedgerStand stand) {
        stand.ledger.inventory().register(ORDERS, "orders-db", null);
        stand.ledger.inventory().expire(ORDERS, NOON.plusSeconds(1));
        assertThat(stand.ledger.operations().requestExpired(NOON, 10)).isEmpty();
        stand.ledger.inventory().expire(ORDERS, NOON);
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.DECOMMISSIONED);
        assertThat(stand.ledger.operations().requestExpired(NOON, 10)).isEmpty();
        stand.ledger.inventory().mark(ORDERS, CredentialStatus.ACTIVE);
        stand.ledger.inventory().expire(ORDERS, null);
        assertThat(stand.ledger.operations().requestExpired(NOON, 10)).isEmpty();
    }

    @OnEachDatabase
    void attempts_to_read_are_counted_and_are_news_until_somebody_has_answered(LedgerStand stand) {
        Quarantine quarantine = stand.ledger.quarantine();

        assertThat(quarantine.readAttempted(1, "web")).isTrue();
        assertThat(quarantine.readAttempted(1, "web")).isTrue();
        quarantine.answered(1);
        assertThat(quarantine.readAttempted(1, "web")).isFalse();
        assertThat(quarantine.readAttempted(1, "batch")).isTrue();

        assertThat(quarantine.readers(1))
                .containsExactly(
                        new Quarantine.Reader("batch", 1, NOON, false), new Quarantine.Reader("web", 3, NOON, true));
        assertThat(quarantine.readers(2)).isEmpty();
    }

    @OnEachDatabase
    void consumers_that_try_at_once_are_each_counted(LedgerStand stand) {
        Together.run(8, () -> stand.ledger.quarantine().readAttempted(1, "web"));

        assertThat(stand.ledger.quarantine().readers(1)).hasSize(1);
    }

    @OnEachDatabase
    void a_batch_knows_how_its_operations_stand(LedgerStand stand) {
        Operation one = stand.ledger.queued(ORDERS);
        Operation other = stand.ledger.queued(BILLING);
        long batch = stand.ledger.batches().open("environment test", "alice", "the test environment is given up");
        stand.ledger.batches().add(batch, one.id());
        stand.ledger.batches().add(batch, other.id());
        stand.ledger.operations().close(one.id(), Outcome.DECOMMISSIONED);

        Batches.Batch found = stand.ledger.batches().find(batch).orElseThrow();

        assertThat(found.selection()).isEqualTo("environment test");
        assertThat(found.requestedAt()).isEqualTo(NOON);
        assertThat(found.operations()).extracting(Operation::outcome).containsExactly(Outcome.DECOMMISSIONED, null);
        assertThat(stand.ledger.batches().find(batch + 1)).isEmpty();
    }
}
