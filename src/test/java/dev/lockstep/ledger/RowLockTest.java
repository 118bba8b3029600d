package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import dev.lockstep.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

class RowLockTest {

    @OnEachDatabase
    void who_has_locked_a_credential_does_not_keep_others_from_asking_for_operations_of_it(LedgerStand stand) {
        stand.ledger.known(ORDERS);

        Operation asked = stand.ledger.inTransaction(() -> {
            assertThat(locked(stand)).containsExactly(ORDERS.value());
            return CompletableFuture.supplyAsync(() -> stand.ledger.request(ORDERS, Operation.REQUESTED))
                    .join();
        });

        assertThat(asked.credential()).isEqualTo(ORDERS);
    }

    @OnEachDatabase
    void what_somebody_else_has_locked_is_left_out(LedgerStand stand) {
        stand.ledger.known(ORDERS);

        List<String> others = stand.ledger.inTransaction(() -> {
            assertThat(locked(stand)).containsExactly(ORDERS.value());
            return CompletableFuture.supplyAsync(() -> locked(stand)).join();
        });

        assertThat(others).isEmpty();
    }

    private static List<String> locked(LedgerStand stand) {
        TestDatabase database = stand.ledger.database();
        try {
            String query = JdbcUtils.extractDatabaseMetaData(database.dataSource(), RowLock::on)
                    .skippingLocked("SELECT name FROM credential");
            return database.jdbc().sql(query).query(String.class).list();
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
