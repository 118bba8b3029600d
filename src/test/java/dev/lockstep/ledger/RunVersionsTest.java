package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.BILLING;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Operation;
import dev.lockstep.domain.RunVersion;
import java.util.List;
import java.util.Map;

class RunVersionsTest {

    @OnEachDatabase
    void the_first_choice_stands(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        RunVersion first = new RunVersion(operation.id(), "rotation:1:a", "rotation", "1.0", 7L);
        assertThat(stand.ledger.runVersions().of(operation.id())).isEmpty();
        assertThat(stand.ledger.runVersions().choose(first)).isEqualTo(first);

        RunVersion later = new RunVersion(operation.id(), "rotation:2:b", "rotation", "1.1", null);
        assertThat(stand.ledger.runVersions().choose(later)).isEqualTo(first);
        assertThat(stand.ledger.runVersions().of(operation.id())).contains(first);
    }

    @OnEachDatabase
    void a_choice_outlives_the_run_that_made_it(LedgerStand stand) {
        Operation operation = stand.ledger.queued(ORDERS);
        RunVersion choice = new RunVersion(operation.id(), "rotation:1:a", "rotation", "1.0", null);
        Failures.rolledBack(stand.ledger, () -> stand.ledger.runVersions().choose(choice));
        assertThat(stand.ledger.runVersions().of(operation.id())).contains(choice);
    }

    @OnEachDatabase
    void several_are_found_at_once(LedgerStand stand) {
        Operation one = stand.ledger.queued(ORDERS);
        Operation other = stand.ledger.queued(BILLING);
        RunVersion choice = new RunVersion(one.id(), "rotation:1:a", "rotation", "1.0", null);
        stand.ledger.runVersions().choose(choice);
        assertThat(stand.ledger.runVersions().of(List.of(one.id(), other.id()))).isEqualTo(Map.of(one.id(), choice));
        assertThat(stand.ledger.runVersions().of(List.of())).isEmpty();
        assertThat(choice.label()).isEqualTo("rotation@1.0");
    }
}
