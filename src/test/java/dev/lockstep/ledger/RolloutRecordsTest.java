package dev.lockstep.ledger;

import static dev.lockstep.ledger.LedgerStand.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.domain.RolloutRule.Tally;
import dev.lockstep.domain.RunVersion;
import dev.lockstep.domain.Step;
import dev.lockstep.port.RolloutRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

class RolloutRecordsTest {

    private static final RolloutRecords.Request REQUEST =
            new RolloutRecords.Request("rotation", "1.1", "1.0", 5, new RolloutRule(7, 3), "dora");

    @OnEachDatabase
    void one_is_open_per_process_until_it_ends(LedgerStand stand) {
        RolloutRecords records = stand.ledger.rolloutRecords();
        Rollout opened = records.open(REQUEST).orElseThrow();
        assertThat(opened)
                .isEqualTo(new Rollout(
                        opened.id(),
                        "rotation",
                        "1.1",
                        "1.0",
                        5,
                        new RolloutRule(7, 3),
                        Rollout.Status.OPEN,
                        "dora",
                        NOON,
                        null,
                        null,
                        null));
        assertThat(records.open(REQUEST)).isEmpty();

        assertThat(records.widen(opened.id(), 20)).isTrue();
        stand.clock.advance(Duration.ofHours(1));
        assertThat(records.end(opened.id(), Rollout.Status.RETURNED, "lockstep", "it fails"))
                .isTrue();
        assertThat(records.end(opened.id(), Rollout.Status.COMPLETED, "dora", "it works"))
                .isFalse();
        assertThat(records.widen(opened.id(), 30)).isFalse();
        Rollout ended = records.find(opened.id()).orElseThrow();
        assertThat(ended.share()).isEqualTo(20);
        assertThat(ended.status()).isEqualTo(Rollout.Status.RETURNED);
        assertThat(ended.endedBy()).isEqualTo("lockstep");
        assertThat(ended.endedAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(ended.reason()).isEqualTo("it fails");

        Rollout again = records.open(REQUEST).orElseThrow();
        assertThat(records.of("rotation")).extracting(Rollout::id).containsExactly(again.id(), opened.id());
        assertThat(records.of("schedule")).isEmpty();
    }

    @OnEachDatabase
    void runs_are_counted_as_soon_as_it_is_known_how_they_go(LedgerStand stand) {
        Rollout rollout = stand.ledger.rolloutRecords().open(REQUEST).orElseThrow();
        RunsOf fresh = new RunsOf(stand, "1.1", rollout.id());
        fresh.ended(Outcome.ROTATED);
        fresh.ended(Outcome.KEPT_PREVIOUS);
        fresh.ended(Outcome.DECLINED);
        fresh.ended(Outcome.SUPERSEDED);
        fresh.started();
        stand.ledger.operations().noteFailure(fresh.started().id(), FailureCode.TARGET_UNREACHABLE, "not yet");
        stand.ledger.operations().noteFailure(fresh.started().id(), FailureCode.INTERNAL_ERROR, "it broke");
        stand.ledger.attempts().begin(fresh.started().id(), Step.DISCARD, Duration.ofSeconds(1), Map.of());
        Operation stuck = fresh.started();
        stand.ledger.dispatch().claim(NOON, 100, 0, Duration.ofMinutes(1)).stream()
                .filter(claim -> claim.operation().id() == stuck.id())
                .forEach(claim -> stand.ledger.dispatch().bind(claim, "instance-that-is-stuck"));

        RunsOf former = new RunsOf(stand, "1.0", null);
        former.ended(Outcome.ROTATED);
        former.ended(Outcome.ROTATED);
        former.ended(Outcome.ROLLED_BACK);

        RolloutRecords records = stand.ledger.rolloutRecords();
        assertThat(records.compare(rollout, NOON, List.of()))
                .isEqualTo(new RolloutRecords.Comparison(new Tally(4, 3), new Tally(3, 1)));
        assertThat(records.compare(rollout, NOON.plusSeconds(1), Set.of("instance-that-is-stuck", "another")))
                .isEqualTo(new RolloutRecords.Comparison(new Tally(5, 4), Tally.NONE));
    }

    /** Makes operations on one version. */
    private record RunsOf(
            LedgerStand stand, String versionTag, @Nullable Long rollout) {

        Operation started() {
            CredentialName credential = CredentialName.of("test/team/paper/app-" + System.nanoTime());
            Operation operation = stand.ledger.queued(credential);
            stand.ledger
                    .runVersions()
                    .choose(new RunVersion(operation.id(), "rotation:x", "rotation", versionTag, rollout));
            return operation;
        }

        void ended(Outcome outcome) {
            stand.ledger.operations().close(started().id(), outcome);
        }
    }
}
