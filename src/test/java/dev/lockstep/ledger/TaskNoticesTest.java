package dev.lockstep.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.TaskNotices;
import dev.lockstep.port.TaskNotices.Level;
import java.util.List;
import java.util.Set;

class TaskNoticesTest {

    @OnEachDatabase
    void each_level_of_each_task_is_told_once(LedgerStand stand) {
        TaskNotices notices = stand.ledger.taskNotices();

        assertThat(notices.tell("one", Level.OPENED)).isTrue();
        assertThat(notices.tell("one", Level.OPENED)).isFalse();
        assertThat(notices.tell("one", Level.REMINDED)).isTrue();
        assertThat(notices.tell("two", Level.OPENED)).isTrue();
        assertThat(notices.told(List.of("one", "three")))
                .containsOnlyKeys("one")
                .containsEntry("one", Set.of(Level.OPENED, Level.REMINDED));
        assertThat(notices.told(List.of())).isEmpty();
    }

    @OnEachDatabase
    void what_is_rolled_back_was_not_told(LedgerStand stand) {
        TaskNotices notices = stand.ledger.taskNotices();
        Failures.rolledBack(stand.ledger, () -> notices.tell("one", Level.OPENED));

        assertThat(notices.tell("one", Level.OPENED)).isTrue();
    }
}
