package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.Stage;
import dev.lockstep.port.Rotations;
import dev.lockstep.process.Given;
import dev.lockstep.process.HandWorker;
import dev.lockstep.testing.FaultyProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Faults that last, or come at a moment that a single disturbed call does not meet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {

    private static final Duration BACKOFF = Duration.ofSeconds(10);
    private static final SecretRules LONGER = new SecretRules.Password(48, "abcdefghijklmnop0123456789", Set.of(), 100);

    private FaultStand stand;

    @BeforeAll
    void start(@TempDir Path data) {
        stand = new FaultStand(data, Map.of());
    }

    @AfterAll
    void stop() throws IOException {
        stand.close();
    }

    @AfterEach
    void everythingWorksAgain() {
        stand.node.crossings().pass();
        stand.proxy.mode(FaultyProxy.Mode.PASS);
    }

    private static Given patient() {
        return Given.policy().grace(Duration.ZERO).attempts(5).backoff(BACKOFF);
    }

    private static Crossings.Interference failing(String port, Side on) {
        return (call, side) -> {
            if (call.port().equals(port) && side == on) {
                Mode.TIMEOUT.strike(port);
            }
        };
    }

    private void ends(Trial trial, String outcome) {
        assertThat(trial.operation().orElseThrow().outcome()).isEqualTo(outcome);
        assertThat(stand.violations(trial)).isEmpty();
    }

    @Test
    void aStoreThatIsDownAtTheStartKeepsTheTargetUntouched() {
        Trial trial = stand.inUse(patient());
        stand.node.crossings().begin(failing("SecretStore", Side.BEFORE));
        stand.rotate(trial);
        stand.later(BACKOFF);
        assertThat(stand.node.crossings().done()).noneMatch(call -> call.port().equals("Target"));
        assertThat(trial.operation().orElseThrow().status()).isEqualTo("QUEUED");
        stand.recover(trial);
        ends(trial, "ROTATED");
        assertThat(stand.node.crossings().count("Target.apply")).isEqualTo(1);
    }

    @Test
    void aStoreThatGoesDownAfterTheTargetChangedIsWaitedForAndTheCandidateIsDurable() {
        Trial trial = stand.inUse(patient());
        stand.node.crossings().begin(downAfter("Target.apply", "SecretStore"));
        stand.rotate(trial);
        stand.later(BACKOFF);
        Trial.Known candidate = trial.candidate().orElseThrow();
        assertThat(stand.logsIn(trial, candidate)).isTrue();
        stand.recover(trial);
        ends(trial, "ROTATED");
        assertThat(trial.current().orElseThrow().version()).isEqualTo(candidate.version());
        assertThat(stand.node.crossings().count("Target.apply")).isEqualTo(1);
    }

    @Test
    void aStoreThatStaysDownAfterTheTargetChangedEndsWithAHumanAndNothingIsLost() {
        Trial trial = stand.inUse(patient().attempts(2));
        stand.node.crossings().begin(downAfter("Target.apply", "SecretStore"));
        Recovery waiting = new Recovery(stand.node, trial);
        stand.rotate(trial);
        waiting.alone();
        waiting.alone();
        assertThat(stand.openTasks(trial)).containsExactly("ResolveFailedRotation");
        assertThat(trial.versions()).anyMatch(version -> stand.logsIn(trial, version));
        stand.recover(trial);
        ends(trial, "ROTATED");
    }

    private static Crossings.Interference downAfter(String label, String port) {
        AtomicInteger seen = new AtomicInteger();
        return (call, side) -> {
            if (call.label().equals(label) && side == Side.AFTER) {
                seen.incrementAndGet();
            } else if (seen.get() > 0 && call.port().equals(port) && side == Side.BEFORE) {
                Mode.TIMEOUT.strike(port);
            }
        };
    }

    @Test
    void aLeftoverThatTheTargetAcceptsInPlaceOfTheCurrentVersionBecomesCurrentFirst() {
        Trial trial = stand.inUse(patient());
        String role = trial.credential().principals().get(0);
        Trial.Known left = stand.leftOver(trial, "canary-that-is-live");
        stand.site
                .sql()
                .sql("ALTER ROLE " + role + " PASSWORD 'canary-that-is-live'")
                .update();
        stand.node.crossings().begin(failing("Target", Side.BEFORE));
        stand.rotate(trial);
        stand.recover(trial);
        ends(trial, "ROTATED");
        assertThat(trial.versions())
                .filteredOn(version -> version.version() == left.version())
                .extracting(Trial.Known::stage)
                .containsExactly(Stage.RETIRED);
    }

    @Test
    void aChangeWhoseAnswerGetsLostIsFoundLiveAndNotMadeAgain() {
        Trial trial = stand.inUse(patient());
        String role = trial.credential().principals().get(0);
        long before = stand.site.change(role);
        stand.proxy.mode(FaultyProxy.Mode.SWALLOW_ANSWERS, "ALTER ROLE");
        stand.rotate(trial);
        long changed = stand.site.change(role);
        assertThat(changed).isNotEqualTo(before);
        assertThat(trial.operation().orElseThrow().status()).isEqualTo("QUEUED");
        stand.recover(trial);
        ends(trial, "ROTATED");
        assertThat(stand.site.change(role)).isEqualTo(changed);
    }

    @Test
    void aCandidateThatTheTargetRefusesTwiceIsReplacedByANewOne() {
        Trial trial = stand.inUse(patient());
        AtomicInteger refusals = new AtomicInteger();
        stand.node.crossings().begin((call, side) -> {
            if (call.label().equals("Target.apply") && side == Side.BEFORE && refusals.incrementAndGet() <= 2) {
                throw new RetryableException(FailureCode.SECRET_REFUSED, "the target does not like it");
            }
        });
        stand.rotate(trial);
        stand.later(BACKOFF);
        stand.later(BACKOFF);
        ends(trial, "ROTATED");
        assertThat(trial.versions())
                .extracting(Trial.Known::stage)
                .containsExactly(Stage.CURRENT, Stage.DISCARDED, Stage.RETIRED);
    }

    @Test
    void rulesThatChangeBetweenTriesMakeANewCandidateWhenTheOldOneIsNotLive() {
        Trial trial = stand.inUse(patient());
        stand.node.crossings().begin(onceAt("Target.apply", Side.BEFORE));
        stand.rotate(trial);
        Trial changed = stand.changed(trial, patient().secret(LONGER));
        stand.recover(changed);
        ends(changed, "ROTATED");
        assertThat(stand.length(trial, trial.current().orElseThrow().version())).isEqualTo(48);
        assertThat(stand.node.crossings().count("Target.apply")).isEqualTo(1);
    }

    @Test
    void rulesThatChangeBetweenTriesDoNotReplaceACandidateThatIsLive() {
        Trial trial = stand.inUse(patient());
        stand.node.crossings().begin(onceAt("Target.apply", Side.AFTER));
        stand.rotate(trial);
        Trial changed = stand.changed(trial, patient().secret(LONGER));
        stand.recover(changed);
        ends(changed, "ROTATED");
        assertThat(stand.length(trial, trial.current().orElseThrow().version())).isEqualTo(32);
        assertThat(stand.node.crossings().count("Target.apply")).isEqualTo(1);
    }

    private static Crossings.Interference onceAt(String label, Side on) {
        AtomicInteger met = new AtomicInteger();
        return (call, side) -> {
            if (call.label().equals(label) && side == on && met.incrementAndGet() == 1) {
                Mode.TIMEOUT.strike(call.port());
            }
        };
    }

    @Test
    void aSecretThatWorksOnlyAfterAWhileIsWaitedForWithTheOldOneKept() {
        Trial trial = stand.inUse(patient());
        Instant works = stand.node.now().plusSeconds(20);
        stand.node.crossings().begin((call, side) -> {
            if (call.label().equals("Target.verify") && stand.node.now().isBefore(works)) {
                throw new Crossings.Instead(LoginResult.REFUSED);
            }
        });
        stand.rotate(trial);
        stand.later(BACKOFF);
        assertThat(trial.current().orElseThrow().version()).isEqualTo(1);
        assertThat(stand.length(trial, 1)).isPositive();
        stand.later(BACKOFF.plusSeconds(1));
        ends(trial, "ROTATED");
        assertThat(trial.versions()).hasSize(2);
    }

    @Test
    void anUndoThatFailsHalfWayIsAHumansDecisionWithBothVersionsKept() {
        Trial trial = stand.inUse(Given.policy().mirrors("second"));
        stand.rotate(trial);
        stand.node.crossings().begin((call, side) -> {
            if (call.label().equals("Target.restore") && side == Side.BEFORE) {
                throw new PermanentException(FailureCode.TARGET_PERMISSION_DENIED, "not any more");
            }
        });
        stand.node
                .bean(Rotations.class)
                .rollBack(trial.operation().orElseThrow().id(), "tester");
        Recovery recovery = new Recovery(stand.node, trial);
        recovery.alone();
        assertThat(recovery.visible()).isTrue();
        assertThat(trial.operation().orElseThrow().closed()).isFalse();
        assertThat(trial.versions()).extracting(Trial.Known::stage).containsExactly(Stage.STAGED, Stage.CURRENT);
        assertThat(trial.versions()).allMatch(version -> stand.length(trial, version.version()) > 0);
        assertThat(trial.versions()).anyMatch(version -> stand.logsIn(trial, version));
        stand.recover(trial);
        ends(trial, "ROLLED_BACK");
    }

    @Test
    void aPromotionThatFailsForGoodLeavesApplicationsWithTheVersionThatLogsIn() {
        Trial trial = stand.inUse(patient().attempts(1));
        stand.node.crossings().begin(onceAt("Versions.promote", Side.BEFORE));
        stand.rotate(trial);
        new Recovery(stand.node, trial).alone();
        Invariants invariants = new Invariants(stand.site, stand.node, trial);
        invariants.waiting(new Recovery(stand.node, trial).visible());
        assertThat(invariants.violations()).isEmpty();
        assertThat(trial.current().orElseThrow().version()).isEqualTo(1);
        stand.recover(trial);
        ends(trial, "ROTATED");
    }

    @Test
    void workersThatKeepDyingAfterTheTargetChangedLeaveApplicationsWithAVersionThatLogsIn() {
        Trial trial = stand.inUse(patient());
        AtomicInteger deaths = new AtomicInteger();
        stand.node.crossings().begin((call, side) -> {
            if (call.label().equals("Target.verify") && side == Side.BEFORE && deaths.incrementAndGet() <= 3) {
                throw new Killed();
            }
        });
        stand.request(trial);
        for (int run = 0; run < 3; run++) {
            assertThatThrownBy(() -> stand.node.worker().dispatch(stand.node.now()))
                    .isInstanceOf(Killed.class);
            stand.node.advance(HandWorker.LEASE.plusSeconds(1));
        }
        assertThat(trial.current().filter(current -> stand.logsIn(trial, current)))
                .isEmpty();
        stand.node.worker().dispatch(stand.node.now());
        new Recovery(stand.node, trial).alone();
        assertThat(stand.openTasks(trial)).containsExactly("ResolveFailedRotation");
        Invariants invariants = new Invariants(stand.site, stand.node, trial);
        invariants.waiting(new Recovery(stand.node, trial).visible());
        assertThat(invariants.violations()).isEmpty();
        stand.recover(trial);
        ends(trial, "ROTATED");
    }

    @Test
    void withoutTheAuditTrailNothingIsRequestedAndNothingIsChanged() {
        Trial trial = stand.inUse(patient());
        stand.node.crossings().begin(failing("AuditTrail", Side.BEFORE));
        assertThatThrownBy(() -> stand.request(trial))
                .isInstanceOfSatisfying(
                        RetryableException.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.AUDIT_UNAVAILABLE));
        assertThat(trial.operations()).isEmpty();
        stand.node.crossings().pass();
        stand.request(trial);
        stand.node.crossings().begin(failing("AuditTrail", Side.BEFORE));
        stand.node.worker().dispatch(stand.node.now());
        assertThat(stand.node.crossings().done()).noneMatch(call -> call.port().equals("Target"));
        assertThat(trial.operation().orElseThrow().status()).isEqualTo("QUEUED");
        stand.recover(trial);
        ends(trial, "ROTATED");
    }

    @Test
    void aMissingMasterKeyStopsBeforeTheTargetAndWhenItIsBackTheRotationGoesOn() throws IOException {
        Trial trial = stand.inUse(patient());
        Path away = stand.key.resolveSibling("key-taken-away");
        Files.move(stand.key, away);
        try {
            stand.rotate(trial);
            assertThat(stand.node.crossings().done())
                    .noneMatch(call -> call.port().equals("Target"));
            assertThat(trial.operation().orElseThrow().status()).isEqualTo("QUEUED");
        } finally {
            Files.move(away, stand.key);
        }
        stand.recover(trial);
        ends(trial, "ROTATED");
    }
}
