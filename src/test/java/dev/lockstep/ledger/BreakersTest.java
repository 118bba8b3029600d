package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.port.Breakers;
import java.time.Instant;

class BreakersTest {

    private static final Instant LATER = NOON.plusSeconds(15);

    @OnEachDatabase
    void a_target_is_paused_once_and_resumed_once_and_both_are_audited(LedgerStand stand) {
        Breakers breakers = stand.ledger.breakers();

        assertThat(pause(breakers, "orders-db")).isTrue();
        assertThat(pause(breakers, "orders-db")).isFalse();
        assertThat(breakers.paused())
                .containsExactly(new PausedTarget(
                        "orders-db", NOON, FailureCode.TARGET_UNREACHABLE, "no answer", 0, LATER, null));
        assertThat(breakers.resume("orders-db")).isTrue();
        assertThat(breakers.resume("orders-db")).isFalse();
        assertThat(breakers.paused()).isEmpty();
        assertThat(stand.audit.lines())
                .containsExactly(
                        "FACT lockstep target.pause orders-db op-null {failure=TARGET_UNREACHABLE}",
                        "FACT lockstep target.resume orders-db op-null {}");
    }

    @OnEachDatabase
    void nothing_changes_when_it_cannot_be_audited(LedgerStand stand) {
        Breakers breakers = stand.ledger.breakers();
        stand.audit.breakDown();

        Failures.assertRetryable(FailureCode.AUDIT_UNAVAILABLE, () -> pause(breakers, "orders-db"));
        assertThat(breakers.paused()).isEmpty();
    }

    @OnEachDatabase
    void a_due_probe_is_made_by_one_node(LedgerStand stand) {
        Breakers breakers = stand.ledger.breakers();
        pause(breakers, "orders-db");
        PausedTarget seen = breakers.paused().get(0);

        assertThat(breakers.takeProbe(seen, LATER.plusSeconds(30))).isTrue();
        assertThat(breakers.takeProbe(seen, LATER.plusSeconds(30))).isFalse();
        assertThat(breakers.paused().get(0).probes()).isEqualTo(1);
        assertThat(breakers.paused().get(0).probeAt()).isEqualTo(LATER.plusSeconds(30));
    }

    @OnEachDatabase
    void people_are_asked_by_one_process_at_a_time(LedgerStand stand) {
        Breakers breakers = stand.ledger.breakers();
        pause(breakers, "orders-db");
        PausedTarget seen = breakers.paused().get(0);

        assertThat(breakers.asked(seen, "instance-1")).isTrue();
        assertThat(breakers.asked(seen, "instance-2")).isFalse();
        PausedTarget asked = breakers.paused().get(0);
        assertThat(asked.outage()).isEqualTo("instance-1");
        assertThat(breakers.asked(asked, "instance-3")).isTrue();
    }

    private static boolean pause(Breakers breakers, String target) {
        return breakers.pause(target, FailureCode.TARGET_UNREACHABLE, "no answer", LATER);
    }
}
