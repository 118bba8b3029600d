package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Blackouts;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Span;
import dev.lockstep.domain.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What begins late waits for the next opening, and it costs nothing; what people want does not wait. */
@ProcessTest
@Covers("watch")
@Import(RotationStand.class)
class OpeningHoursTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Autowired
    RotationStand stand;

    @Autowired
    PaperNotices notices;

    private Instant closes = Instant.EPOCH;
    private Instant opens = Instant.EPOCH;

    @BeforeEach
    void oneClock() {
        stand.clock.freeze();
        stand.clock.set(stand.clock.instant().truncatedTo(ChronoUnit.SECONDS));
        closes = stand.clock.instant().plus(HOUR);
        opens = closes.plus(HOUR.multipliedBy(5));
        ClockUtil.setCurrentTime(Date.from(stand.clock.instant()));
    }

    @AfterEach
    void clocksRun() {
        ClockUtil.reset();
        stand.clock.start();
    }

    private Timing closedForFiveHours() {
        return new Timing(
                List.of(),
                new Blackouts(List.of(new Blackouts.Blackout(new Span(closes, opens), "freeze"))),
                Duration.ZERO,
                Optional.empty(),
                "five hours");
    }

    private Credential adopted(Given given) {
        return stand.adopted(given.timing(closedForFiveHours()).grace(Duration.ZERO));
    }

    /** As the schedule does it. */
    private Operation due(Credential credential) {
        stand.inventory.schedule(credential.name(), stand.clock.instant().minusSeconds(1));
        return stand.operations.requestDue(stand.clock.instant(), 500).stream()
                .filter(operation -> operation.credential().equals(credential.name()))
                .findFirst()
                .orElseThrow();
    }

    private void at(Instant moment) {
        stand.clock.set(moment);
        ClockUtil.setCurrentTime(Date.from(moment));
    }

    @Test
    void aRotationThatIsTakenUpTooLateGoesBackUntriedUntilTheNextOpening() {
        Credential credential = adopted(Given.policy().attempts(1));
        Operation operation = due(credential);
        at(closes.plusSeconds(1));
        assertThat(stand.dispatchOnce()).isEqualTo(1);

        Operation waiting = stand.now(operation);
        assertThat(waiting.status()).isEqualTo(OperationStatus.QUEUED);
        assertThat(waiting.notBefore()).isEqualTo(opens);
        assertThat(waiting.failure()).isNull();
        assertThat(stand.attempts.list(operation.id())).isEmpty();
        at(opens.minusSeconds(1));
        assertThat(stand.dispatchOnce()).isZero();

        at(opens);
        stand.dispatchOnce();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void anApprovalThatComesTooLateIsKeptForTheNextOpening() {
        Credential credential = adopted(Given.policy().approval());
        Operation operation = due(credential);
        stand.dispatchOnce();
        at(closes.plusSeconds(1));
        stand.tasks.complete(stand.task(operation).getId(), Map.of("decision", "approve"));
        Job before = approved(operation);
        fails(before);
        Job after = approved(operation);

        assertThat(after.getRetries()).isEqualTo(before.getRetries());
        assertThat(after.getDuedate()).isEqualTo(Date.from(opens));
        assertThat(stand.attempts.list(operation.id())).isEmpty();
        assertThat(stand.now(operation).failure()).isNull();

        at(opens);
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void whatHasBegunAtTheTargetGoesOnAfterTheEndOfTheWindow() {
        Credential credential = adopted(Given.policy().attempts(3));
        Operation operation = due(credential);
        stand.target.fail("apply", 1, RotationStand.UNREACHABLE);
        stand.dispatchOnce();
        assertThat(stand.now(operation).status()).isEqualTo(OperationStatus.QUEUED);

        at(closes.plusSeconds(1));
        stand.dispatchOnce();
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void whatAPersonAsksForBeginsAtOnce() {
        Credential credential = adopted(Given.policy());
        at(closes.plusSeconds(1));

        assertThat(stand.now(stand.rotate(credential)).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(stand.now(stand.rotateInEmergency(credential)).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void whoDoesNotWantToWaitForTheOpeningTakesTheWaitingRotationUp() {
        Credential credential = adopted(Given.policy());
        Operation operation = due(credential);
        at(closes.plusSeconds(1));
        stand.dispatchOnce();

        Operation taken = stand.rotate(credential);

        assertThat(taken.id()).isEqualTo(operation.id());
        assertThat(stand.now(taken).requestedBy()).isEqualTo("tester");
        assertThat(stand.now(taken).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aRetryByItselfWaitsForTheOpeningAndOneThatAPersonChoosesDoesNot() {
        Credential credential = adopted(Given.policy().attempts(1).retryingLater(1));
        Operation operation = due(credential);
        stand.target.fail("apply", 2, RotationStand.UNREACHABLE);
        stand.dispatchOnce();
        stand.jobs(operation);
        at(closes.plusSeconds(1));
        stand.job(operation, "RetryDelay");
        fails(only(operation));
        assertThat(only(operation).getDuedate()).isEqualTo(Date.from(opens));

        at(opens);
        stand.jobs(operation);
        assertThat(stand.task(operation).getName()).isEqualTo("Resolve failed rotation");
        at(closes.plusSeconds(1));
        stand.answer(operation, "choice", "retry");
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void aSecretThatPassesTheMaximumAgeIsReportedOnceToTheEscalationGroup() {
        Timing timing = new Timing(
                List.of(),
                new Blackouts(List.of(new Blackouts.Blackout(
                        new Span(stand.clock.instant(), opens.plus(Duration.ofDays(60))), "long freeze"))),
                Duration.ZERO,
                Optional.of(Duration.ofDays(31)),
                "too long");
        Credential credential = stand.adopted(Given.policy().timing(timing));
        at(stand.clock.instant().plus(Duration.ofDays(30)));
        watch();
        assertThat(tooOld(credential)).isEmpty();

        at(stand.clock.instant().plus(Duration.ofDays(1)));
        watch();
        watch();
        assertThat(tooOld(credential)).hasSize(1).allSatisfy(notice -> {
            assertThat(notice.group()).isEqualTo("operators");
            assertThat(notice.severity()).isEqualTo("high");
            assertThat(notice.link()).isEqualTo("/credentials/" + credential.name());
        });
    }

    private List<Notice> tooOld(Credential credential) {
        return notices.told().stream()
                .filter(notice -> notice.kind().equals("credential.too-old"))
                .filter(notice -> notice.text().contains(credential.name().value()))
                .toList();
    }

    private void watch() {
        Job timer = stand.management
                .createJobQuery()
                .processDefinitionKey("watch")
                .timers()
                .singleResult();
        stand.management.executeJob(timer.getId());
        for (String activity : List.of("RemindAndEscalate", "ReportMissedAges")) {
            stand.management
                    .createJobQuery()
                    .processDefinitionKey("watch")
                    .activityId(activity)
                    .list()
                    .forEach(job -> stand.management.executeJob(job.getId()));
        }
    }

    private Job approved(Operation operation) {
        return stand.management
                .createJobQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .activityId("ApproveRotation")
                .singleResult();
    }

    private Job only(Operation operation) {
        return stand.management
                .createJobQuery()
                .processInstanceId(stand.now(operation).processInstance())
                .singleResult();
    }

    private void fails(Job job) {
        try {
            stand.management.executeJob(job.getId());
        } catch (RuntimeException expected) {
            return;
        }
        throw new AssertionError("the job should not have gone through");
    }
}
