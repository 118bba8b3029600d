package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static dev.lockstep.ledger.LedgerStand.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Drill;
import dev.lockstep.port.Drills;
import java.time.Duration;
import java.util.Optional;

class DrillsTest {

    private static final Duration FAULT = Duration.ofMinutes(10);

    private static Drill open(LedgerStand stand, Drill.Scenario scenario) {
        stand.ledger.known(ORDERS);
        return stand.ledger.drills().open(ORDERS, scenario, "anna", "rehearsal").orElseThrow();
    }

    @OnEachDatabase
    void a_credential_has_one_running_drill(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.LEAK);

        assertThat(drill.state()).isEqualTo(Drill.State.RUNNING);
        assertThat(drill.begunAt()).isEqualTo(NOON);
        assertThat(drills.open(ORDERS, Drill.Scenario.LEAK, "berta", "another")).isEmpty();
        assertThat(drills.running(ORDERS)).contains(drill);
        assertThat(drills.end(drill.id(), Drill.Result.PASSED, Drill.State.DEBRIEF, "went well"))
                .isTrue();
        assertThat(drills.end(drill.id(), Drill.Result.FAILED, Drill.State.DEBRIEF, "again"))
                .isFalse();
        assertThat(drills.running(ORDERS)).isEmpty();
        assertThat(drills.open(ORDERS, Drill.Scenario.LEAK, "berta", "another")).isPresent();
        assertThat(drills.newest(10)).extracting(Drill::requestedBy).containsExactly("berta", "anna");
    }

    @OnEachDatabase
    void a_fault_ends_by_itself_whatever_becomes_of_the_drill(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.DEAD_TARGET);

        assertThat(drills.faulty(ORDERS)).isEmpty();
        assertThat(drills.inject(drill.id(), NOON.plus(FAULT))).isTrue();
        assertThat(drills.faulty(ORDERS)).map(Drill::id).contains(drill.id());
        assertThat(drills.faulty(LedgerStand.BILLING)).isEmpty();
        stand.clock.advance(FAULT);
        assertThat(drills.faulty(ORDERS)).isEmpty();
        stand.clock.advance(FAULT);
        drills.endFault(drill.id());
        assertThat(drills.get(drill.id()).faultEndedAt()).isEqualTo(NOON.plus(FAULT));
    }

    @OnEachDatabase
    void injecting_again_does_not_prolong_the_fault(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.DEAD_STORE);
        drills.inject(drill.id(), NOON.plus(FAULT));

        assertThat(drills.inject(drill.id(), NOON.plus(FAULT).plus(FAULT))).isTrue();

        assertThat(drills.get(drill.id()).faultUntil()).isEqualTo(NOON.plus(FAULT));
    }

    @OnEachDatabase
    void calling_it_off_ends_the_fault_and_lets_none_begin(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.DEAD_TARGET);
        drills.inject(drill.id(), NOON.plus(FAULT));

        assertThat(drills.cancel(drill.id(), "berta")).isTrue();

        assertThat(drills.cancel(drill.id(), "berta")).isFalse();
        assertThat(drills.faulty(ORDERS)).isEmpty();
        assertThat(drills.inject(drill.id(), NOON.plus(FAULT))).isFalse();
        assertThat(drills.get(drill.id())).returns("berta", Drill::cancelledBy).returns(NOON, Drill::faultEndedAt);
    }

    @OnEachDatabase
    void what_was_reached_once_stays_and_gives_the_times(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.REFUSED_PASSWORD);
        drills.before(drill.id(), 3);
        drills.inject(drill.id(), NOON.plus(FAULT));
        drills.injected(drill.id());
        for (int seconds : new int[] {2, 20}) {
            drills.reached(drill.id(), Drill.Milestone.DETECTED, NOON.plusSeconds(seconds));
            drills.reached(drill.id(), Drill.Milestone.CONTAINED, NOON.plusSeconds(seconds + 1));
            drills.reached(drill.id(), Drill.Milestone.RECOVERED, NOON.plusSeconds(seconds + 8));
        }
        stand.clock.advance(Duration.ofSeconds(4));
        drills.endFault(drill.id());

        Drill measured = drills.get(drill.id());
        assertThat(measured.versionBefore()).isEqualTo(3);
        assertThat(measured.toDetect()).contains(Duration.ofSeconds(2));
        assertThat(measured.toContain()).contains(Duration.ofSeconds(3));
        assertThat(measured.toRecover()).contains(Duration.ofSeconds(6));
    }

    @OnEachDatabase
    void a_death_is_noted_although_the_caller_never_commits(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.LOST_NODE);

        stand.ledger.rolledBack(() -> drills.dies(drill.id()));

        assertThat(drills.get(drill.id()).injectedAt()).isEqualTo(NOON);
    }

    @OnEachDatabase
    void a_drill_is_closed_once_with_what_people_made_of_it(LedgerStand stand) {
        Drills drills = stand.ledger.drills();
        Drill drill = open(stand, Drill.Scenario.LEAK);
        drills.cause(drill.id(), 4);
        drills.involve(drill.id(), 17);

        assertThat(drills.close(drill.id(), "too early", "", "anna")).isFalse();
        drills.end(drill.id(), Drill.Result.PASSED, Drill.State.DEBRIEF, "went well");
        assertThat(drills.close(drill.id(), "it works", "nothing", "berta")).isTrue();
        assertThat(drills.close(drill.id(), "again", "", "anna")).isFalse();

        assertThat(drills.find(drill.id()))
                .get()
                .returns(Drill.State.CLOSED, Drill::state)
                .returns("it works", Drill::findings)
                .returns("nothing", Drill::followUp)
                .returns("berta", Drill::debriefedBy)
                .returns(4L, Drill::incident)
                .returns(17L, Drill::operation)
                .returns(NOON, Drill::closedAt);
        assertThat(drills.find(999)).isEqualTo(Optional.empty());
    }
}
