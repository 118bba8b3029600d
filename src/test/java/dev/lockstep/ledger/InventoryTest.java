package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class InventoryTest {

    @OnEachDatabase
    void credentials_are_counted_by_status_and_the_one_due_first_is_known(LedgerStand stand) {
        Inventory all = stand.ledger.inventory();
        assertThat(all.counts()).isEmpty();
        assertThat(all.firstDue()).isEmpty();
        stand.ledger.known(ORDERS);
        stand.ledger.known(BILLING);
        stand.ledger.known(CredentialName.of("a/b/c/third"));
        all.schedule(ORDERS, NOON);
        all.schedule(BILLING, NOON.minusSeconds(9));
        all.mark(BILLING, CredentialStatus.CONTAINED);

        assertThat(all.counts()).isEqualTo(Map.of(CredentialStatus.ACTIVE, 2L, CredentialStatus.CONTAINED, 1L));
        assertThat(all.firstDue()).contains(NOON);
    }

    @OnEachDatabase
    void a_registered_credential_is_active_and_due_when_it_was_said_to_be(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", NOON);

        assertThat(inventory.find(ORDERS))
                .contains(new InventoryEntry(
                        ORDERS, CredentialStatus.ACTIVE, "orders-db", NOON, null, null, null, null, null, null));
        assertThat(inventory.find(BILLING)).isEmpty();
    }

    @OnEachDatabase
    void registering_again_notes_a_new_target_and_keeps_the_due_time(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", NOON);
        inventory.register(ORDERS, "orders-db-2", NOON.plusSeconds(60));
        inventory.register(ORDERS, "orders-db-2", null);

        InventoryEntry entry = inventory.find(ORDERS).orElseThrow();
        assertThat(entry.target()).isEqualTo("orders-db-2");
        assertThat(entry.nextRotationAt()).isEqualTo(NOON);
    }

    @OnEachDatabase
    void registering_again_makes_an_unmanaged_credential_active_but_not_a_contained_one(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", null);
        inventory.register(BILLING, "orders-db", null);
        inventory.mark(ORDERS, CredentialStatus.UNMANAGED);
        inventory.mark(BILLING, CredentialStatus.CONTAINED);

        inventory.register(ORDERS, "orders-db", null);
        inventory.register(BILLING, "orders-db", null);

        assertThat(inventory.find(ORDERS).orElseThrow().status()).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(inventory.find(BILLING).orElseThrow().status()).isEqualTo(CredentialStatus.CONTAINED);
    }

    @OnEachDatabase
    void registering_from_many_threads_adds_one_credential(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        Together.run(8, () -> {
            inventory.register(ORDERS, "orders-db", NOON);
            return true;
        });

        assertThat(inventory.list()).hasSize(1);
    }

    @OnEachDatabase
    void the_list_is_in_the_order_of_names_whatever_the_database_collates(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        for (String name : new String[] {"a/b/c/d-e", "a/b/c/d", "a/b/c/d.f", "a-b/b/c/d", "a/b/c/d_a"}) {
            inventory.register(CredentialName.of(name), "orders-db", null);
        }

        assertThat(inventory.list()).hasSize(5).extracting(InventoryEntry::name).isSorted();
    }

    @OnEachDatabase
    void a_shelved_credential_has_its_new_status_and_is_never_due(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", NOON);
        inventory.shelve(ORDERS, CredentialStatus.CONTAINED);

        InventoryEntry entry = inventory.find(ORDERS).orElseThrow();
        assertThat(entry.status()).isEqualTo(CredentialStatus.CONTAINED);
        assertThat(entry.nextRotationAt()).isNull();
    }

    @OnEachDatabase
    void the_due_time_can_be_moved_and_taken_away(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", null);

        inventory.schedule(ORDERS, NOON.plus(Duration.ofDays(30)));
        assertThat(inventory.find(ORDERS).orElseThrow().nextRotationAt()).isEqualTo(NOON.plus(Duration.ofDays(30)));
        inventory.schedule(ORDERS, null);
        assertThat(inventory.find(ORDERS).orElseThrow().nextRotationAt()).isNull();
    }

    @OnEachDatabase
    void a_promotion_is_noted(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();
        inventory.register(ORDERS, "orders-db", null);
        inventory.rotated(ORDERS, NOON);

        assertThat(inventory.find(ORDERS).orElseThrow().lastRotatedAt()).isEqualTo(NOON);
    }

    @OnEachDatabase
    void a_change_to_an_unknown_credential_is_refused_with_its_name(LedgerStand stand) {
        Inventory inventory = stand.ledger.inventory();

        for (Runnable change : new Runnable[] {
            () -> inventory.schedule(ORDERS, NOON),
            () -> inventory.mark(ORDERS, CredentialStatus.CONTAINED),
            () -> inventory.rotated(ORDERS, NOON)
        }) {
            Failures.assertPermanent(FailureCode.MISCONFIGURED, change).withMessageContaining(ORDERS.value());
        }
    }

    @OnEachDatabase
    void changes_join_the_transaction_of_the_caller(LedgerStand stand) {
        TestLedger ledger = stand.ledger;
        ledger.inventory().register(ORDERS, "orders-db", null);
        Failures.rolledBack(ledger, () -> {
            ledger.inventory().register(BILLING, "orders-db", null);
            ledger.inventory().schedule(ORDERS, NOON);
            ledger.inventory().mark(ORDERS, CredentialStatus.CONTAINED);
            ledger.inventory().rotated(ORDERS, NOON);
        });

        assertThat(ledger.inventory().list())
                .isEqualTo(List.of(new InventoryEntry(
                        ORDERS, CredentialStatus.ACTIVE, "orders-db", null, null, null, null, null, null, null)));
    }
}
