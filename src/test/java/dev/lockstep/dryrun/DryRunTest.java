package dev.lockstep.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Strategy;
import dev.lockstep.port.DryRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Models tried out in a world of their own. */
@ExtendWith(OutputCaptureExtension.class)
class DryRunTest {

    private final DryRuns runs = new DryRunDesk(Clock.systemUTC(), "target/no-models", NoTests.provided());

    private static DryRuns.File model(String name) {
        try {
            return new DryRuns.File(name, Files.readString(Path.of("processes", name)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DryRuns.Failing times(int times) {
        return new DryRuns.Failing(Optional.of(times), false, Optional.empty());
    }

    private static DryRuns.Failing forGood() {
        return new DryRuns.Failing(Optional.empty(), true, Optional.empty());
    }

    private DryRuns.Report run(
            DryRuns.File model,
            DryRuns.Situation situation,
            Map<String, DryRuns.Failing> failures,
            Map<String, List<Map<String, Object>>> answers,
            String... events) {
        return runs.run(new DryRuns.Plan(model, List.of(), situation, failures, answers, List.of(events)));
    }

    private static DryRuns.Situation situation(
            Strategy strategy, boolean approval, int retriesLater, Map<String, Boolean> consumers) {
        return new DryRuns.Situation(
                strategy, Duration.ofHours(8), approval, 3, retriesLater, false, consumers, Map.of());
    }

    private static List<String> kept(DryRuns.Report report) {
        return report.path().stream()
                .filter(DryRuns.Entry::kept)
                .map(DryRuns.Entry::activity)
                .toList();
    }

    @Test
    void theShippedRotationIsFollowedFromRequestToProof() {
        DryRuns.Report report = run(model("rotation.bpmn"), DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.end().state()).isEqualTo(DryRuns.State.ENDED);
        assertThat(report.end().outcome()).isEqualTo("rotated");
        assertThat(kept(report))
                .containsSubsequence(
                        "RotationRequested",
                        "StageVersion",
                        "ApplyToTarget",
                        "VerifyVersion",
                        "PromoteVersion",
                        "GraceOver",
                        "ProvePreviousDead",
                        "Rotated")
                .doesNotContain("RestorePrevious", "ApproveRotation");
        assertThat(report.flows()).contains("Begin", "R1", "G2", "Done").doesNotContain("G1", "NeedsApproval");
        assertThat(report.notes()).isEmpty();
        assertThat(report.simulated().served()).isEqualTo(2);
        assertThat(report.simulated().accounts()).containsEntry("app", new DryRuns.Account(2, false));
        assertThat(report.simulated().versions())
                .contains(
                        new DryRuns.Held(2, Stage.CURRENT, "app", true),
                        new DryRuns.Held(1, Stage.RETIRED, "app", true));
        Duration took = Duration.between(
                report.path().get(0).at(),
                report.path().get(report.path().size() - 1).at());
        assertThat(took).as("an hour of grace passes on the clock of the run").isGreaterThan(Duration.ofMinutes(59));
        assertThat(report.picture())
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"")
                .contains("Stage new", "version</text>")
                .doesNotContain("<script", "style=");
    }

    @Test
    void aStepThatFailsTwiceIsTriedAgainAndWhatWasUndoneIsTold() {
        DryRuns.Report report =
                run(model("rotation.bpmn"), DryRuns.Situation.USUAL, Map.of("ApplyToTarget", times(2)), Map.of());
        assertThat(report.end().outcome()).isEqualTo("rotated");
        assertThat(report.path())
                .filteredOn(entry -> entry.activity().equals("ApplyToTarget"))
                .extracting(DryRuns.Entry::kept)
                .containsExactly(false, false, true);
        assertThat(report.path())
                .filteredOn(entry -> entry.problem() != null)
                .extracting(DryRuns.Entry::problem)
                .containsExactly("planned failure 1 of 'ApplyToTarget'", "planned failure 2 of 'ApplyToTarget'");
        assertThat(kept(report)).containsOnlyOnce("StageVersion");
    }

    @Test
    void aStepThatFailsForGoodIsUndoneAndAPersonDecides() {
        DryRuns.Report report = run(
                model("rotation.bpmn"),
                situation(Strategy.IN_PLACE, false, 0, Map.of()),
                Map.of(
                        "VerifyVersion",
                        new DryRuns.Failing(Optional.of(1), true, Optional.of(FailureCode.VERIFY_PROBE_FAILED))),
                Map.of(
                        "ResolveFailedRotation",
                        List.of(Map.of("choice", "checkAgain"), Map.of("choice", "retryNewSecret"))));
        assertThat(report.end().outcome()).isEqualTo("rotated");
        assertThat(kept(report))
                .containsSubsequence(
                        "UndoReplace",
                        "RestorePrevious",
                        "VerifyPrevious",
                        "ResolveFailedRotation",
                        "DescribeFailure",
                        "ResolveFailedRotation",
                        "PrepareRetryNewSecret",
                        "Rotated");
        assertThat(report.simulated().served()).isEqualTo(3);
        assertThat(report.simulated().versions())
                .extracting(DryRuns.Held::stage)
                .containsExactly(Stage.CURRENT, Stage.DISCARDED, Stage.RETIRED);
    }

    @Test
    void peopleWhoAreNotToldWhatToAnswerTakeEachChoiceInTurn() {
        DryRuns.Report report = run(
                model("rotation.bpmn"),
                situation(Strategy.IN_PLACE, true, 0, Map.of()),
                Map.of("ApplyToTarget", forGood()),
                Map.of());
        assertThat(report.end().state()).isEqualTo(DryRuns.State.ENDED);
        assertThat(kept(report)).contains("ApproveRotation");
        assertThat(kept(report).stream().filter("ResolveFailedRotation"::equals).count())
                .isGreaterThan(1);
        assertThat(report.simulated().accounts()).containsEntry("app", new DryRuns.Account(1, false));
    }

    @Test
    void consumersMoveOrStayAndEventsHappenAsTold() {
        DryRuns.Situation consumers = situation(Strategy.ALTERNATING, false, 0, Map.of("web", true, "batch", true));
        DryRuns.Report moved = run(model("rotation.bpmn"), consumers, Map.of(), Map.of());
        assertThat(kept(moved)).contains("ConsumersRefreshed").doesNotContain("GraceOver");
        assertThat(moved.simulated().accounts())
                .containsEntry("app_a", new DryRuns.Account(null, false))
                .containsEntry("app_b", new DryRuns.Account(2, false));

        DryRuns.Report rolledBack = run(
                model("rotation.bpmn"),
                situation(Strategy.ALTERNATING, false, 0, Map.of("web", true, "batch", false)),
                Map.of(),
                Map.of("ResolveLaggards", List.of(Map.of("laggardsChoice", "rollBack"))));
        assertThat(kept(rolledBack)).contains("GraceOver", "ResolveLaggards", "DemoteVersion", "RestorePrevious");
        assertThat(rolledBack.end().outcome()).isEqualTo("rolled-back");

        DryRuns.Report taken = run(
                model("rotation.bpmn"), consumers, Map.of(), Map.of(), "CredentialCompromised", "LaggardsRefreshed");
        assertThat(taken.end().outcome()).isEqualTo("superseded");
        assertThat(taken.notes()).containsExactly("nothing waited for the event 'LaggardsRefreshed'");
    }

    @Test
    void aProcessThatATimerStartsRunsWithoutAnOperation() {
        DryRuns.Report report = run(model("schedule.bpmn"), DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.end().state()).isEqualTo(DryRuns.State.ENDED);
        assertThat(report.end().outcome()).isNull();
        assertThat(kept(report))
                .containsExactly(
                        "Tick",
                        "AdoptCredentials",
                        "RequestDueRotations",
                        "RequestDueDecommissions",
                        "ResumeWaiting",
                        "Ticked");
    }

    @Test
    void theShippedIssuanceIsFollowedFromRequestToHandOver() {
        DryRuns.Report report =
                run(model("issuance.bpmn"), situation(Strategy.IN_PLACE, true, 0, Map.of()), Map.of(), Map.of());
        assertThat(report.end().state()).as(report.end().sentence()).isEqualTo(DryRuns.State.ENDED);
        assertThat(report.end().outcome()).isEqualTo("issued");
        assertThat(kept(report))
                .containsSubsequence(
                        "CheckIssuance",
                        "ApproveIssuance",
                        "CreatePrincipal",
                        "StageVersion",
                        "ApplyToTarget",
                        "VerifyVersion",
                        "PromoteVersion",
                        "RegisterCredential",
                        "HandOverCredential",
                        "CredentialIssued")
                .doesNotContain("RemovePrincipal", "ResolveFailedIssuance");
        assertThat(report.notes()).isEmpty();
        assertThat(report.simulated().served()).isEqualTo(1);
        assertThat(report.simulated().accounts()).containsExactly(Map.entry("app", new DryRuns.Account(1, false)));
    }

    @Test
    void anAccountThatCannotBeMadeIsAskedAboutAndNothingIsLeftOfIt() {
        DryRuns.Report report = run(
                model("issuance.bpmn"),
                DryRuns.Situation.USUAL,
                Map.of("CreatePrincipal", forGood()),
                Map.of("ResolveFailedIssuance", List.of(Map.of("choice", "giveUp"))));
        assertThat(report.path())
                .filteredOn(entry -> entry.activity().equals("CreatePrincipal"))
                .extracting(DryRuns.Entry::problem)
                .containsExactly("planned failure 1 of 'CreatePrincipal'");
        assertThat(kept(report))
                .containsSubsequence("StepFailed", "UndoIssue", "VerifyUndone", "ResolveFailedIssuance")
                .doesNotContain("StageVersion", "RemovePrincipal");
        assertThat(report.end().state()).as(report.end().sentence()).isEqualTo(DryRuns.State.ENDED);
        assertThat(report.simulated().served()).isNull();
        assertThat(report.simulated().accounts()).isEmpty();
    }

    @Test
    void anAccountThatWasMadeIsRemovedWhenALaterStepFails() {
        DryRuns.Report report = run(
                model("issuance.bpmn"),
                DryRuns.Situation.USUAL,
                Map.of("VerifyVersion", new DryRuns.Failing(Optional.of(1), true, Optional.empty())),
                Map.of("ResolveFailedIssuance", List.of(Map.of("choice", "retryNewSecret"))));
        assertThat(report.end().outcome()).isEqualTo("issued");
        assertThat(kept(report))
                .containsSubsequence(
                        "CreatePrincipal",
                        "ApplyToTarget",
                        "UndoIssue",
                        "RemovePrincipal",
                        "ResolveFailedIssuance",
                        "CreatePrincipal",
                        "CredentialIssued");
        assertThat(report.simulated().accounts()).containsExactly(Map.entry("app", new DryRuns.Account(2, false)));
    }

    @Test
    void theShippedDecommissionIsFollowedToThePieces() {
        DryRuns.Report report = run(model("decommission.bpmn"), DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.end().state()).as(report.end().sentence()).isEqualTo(DryRuns.State.ENDED);
        assertThat(report.end().outcome()).isEqualTo("decommissioned");
        assertThat(report.simulated().served()).isNull();
        assertThat(report.simulated().accounts()).isEmpty();
        assertThat(report.simulated().versions())
                .extracting(DryRuns.Held::stored)
                .containsExactly(false);
    }

    @Test
    void anOwnerIsAskedAgainUntilTheAccessIsRight() {
        DryRuns.Report report = run(
                model("access-review.bpmn"),
                DryRuns.Situation.USUAL,
                Map.of(),
                Map.of(
                        "ReviewAccess",
                        List.of(
                                Map.of("accessVerdict", "wrong", "correction", "batch has gone"),
                                Map.of("accessVerdict", "right"))));
        assertThat(report.end().state()).isEqualTo(DryRuns.State.ENDED);
        assertThat(kept(report))
                .containsSubsequence(
                        "FindOwners",
                        "CollectEvidence",
                        "ReviewAccess",
                        "RecordAccessReview",
                        "CorrectAccess",
                        "CollectEvidence",
                        "ReviewAccess",
                        "OwnerReviewed",
                        "AllReviewed");
    }

    @Test
    void aDrillIsNotTriedOutAndTheReportSaysWhy() {
        DryRuns.Report report = run(model("drill.bpmn"), DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.end().state()).isEqualTo(DryRuns.State.STUCK);
        assertThat(report.end().at()).containsExactly("CheckSandbox");
        assertThat(report.end().sentence())
                .contains("there is no variable 'drill': only Lockstep itself starts such a process;"
                        + " it cannot be tried out");
        assertThat(kept(report)).doesNotContain("CheckSandbox");
    }

    @Test
    void nobodyIsToldAnythingButTheNotesSayWhoWouldBe() {
        String told = model("rotation.bpmn")
                .content()
                .replace(
                        "<bpmn:sequenceFlow id=\"R5\" sourceRef=\"PromoteVersion\" targetRef=\"PropagateVersion\"/>",
                        "<bpmn:sequenceFlow id=\"R5\" sourceRef=\"PromoteVersion\" targetRef=\"Tell\"/>"
                                + "<bpmn:sequenceFlow id=\"R5b\" sourceRef=\"Tell\" targetRef=\"PropagateVersion\"/>"
                                + "<bpmn:serviceTask id=\"Tell\" name=\"Tell a group\""
                                + " camunda:delegateExpression=\"${tellGroupDelegate}\"><bpmn:extensionElements>"
                                + "<camunda:properties><camunda:property name=\"sentence\" value=\"It is in use.\"/>"
                                + "<camunda:property name=\"group\" value=\"\"/>"
                                + "<camunda:property name=\"severity\" value=\"info\"/></camunda:properties>"
                                + "</bpmn:extensionElements></bpmn:serviceTask>");
        DryRuns.Report report =
                run(new DryRuns.File("rotation.bpmn", told), DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.end().outcome()).isEqualTo("rotated");
        assertThat(report.notes()).containsExactly("group dry-run is told: test/dry-run/simulated/app: It is in use.");
    }

    @Test
    void aRunHasAnEnd() {
        DryRuns.File endless = new DryRuns.File(
                "rotation.bpmn",
                model("rotation.bpmn")
                        .content()
                        .replace("${choice == 'retry' || choice == 'retryNewSecret'}", "${true}")
                        .replace("${choice == 'checkAgain'}", "${true}"));
        DryRuns.Report report = run(
                endless,
                situation(Strategy.IN_PLACE, false, 0, Map.of()),
                Map.of("ApplyToTarget", forGood()),
                Map.of());
        assertThat(report.end().state()).isEqualTo(DryRuns.State.UNBOUNDED);
        assertThat(report.path()).hasSizeLessThanOrEqualTo(400);
    }

    @Test
    void aModelThatBreaksIsToldWhereAndWhy() {
        DryRuns.File broken = new DryRuns.File(
                "rotation.bpmn", model("rotation.bpmn").content().replace("${next == 'RETIRE'}", "${nobodySetsThis}"));
        DryRuns.Report report = run(broken, DryRuns.Situation.USUAL, Map.of(), Map.of());
        assertThat(report.path()).anySatisfy(entry -> {
            assertThat(entry.activity()).isEqualTo("WaitForConsumers");
            assertThat(entry.kept()).isFalse();
            assertThat(entry.problem()).contains("Unknown property used in expression: ${nobodySetsThis}");
        });
        assertThat(kept(report)).contains("ResolveFailedRotation");
    }

    @Test
    void whatTheReportTellsIsNoErrorOfTheServer(CapturedOutput output) {
        run(
                model("rotation.bpmn"),
                situation(Strategy.IN_PLACE, false, 0, Map.of()),
                Map.of("ApplyToTarget", forGood(), "StageVersion", times(1)),
                Map.of());
        assertThatThrownBy(() ->
                        run(new DryRuns.File("rotation.bpmn", "no model"), DryRuns.Situation.USUAL, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class);
        assertThat(output.getAll().lines().filter(line -> line.contains("Refused:")))
                .anyMatch(line -> line.contains("planned failure 1 of 'StageVersion'"))
                .anyMatch(line -> line.contains("'rotation.bpmn' is refused"));
        assertThat(output.getAll()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void whatTheRulesRefuseIsRefusedHereAsWell() {
        DryRuns.File scripted = new DryRuns.File(
                "rotation.bpmn",
                model("rotation.bpmn")
                        .content()
                        .replace(
                                "camunda:delegateExpression=\"${openGraceDelegate}\"",
                                "camunda:class=\"java.lang.Runtime\""));
        assertThatThrownBy(() -> run(scripted, DryRuns.Situation.USUAL, Map.of(), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("Java classes may not be named")
                .extracting("field")
                .isEqualTo("model");
        assertThatThrownBy(() ->
                        run(model("rotation.bpmn"), DryRuns.Situation.USUAL, Map.of("NoSuchStep", forGood()), Map.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("the model has no element 'NoSuchStep'");
    }

    @Test
    void onlyAFewRunAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(1);
        DryRunDesk desk = new DryRunDesk(
                new Clock() {
                    @Override
                    public java.time.ZoneId getZone() {
                        return java.time.ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public java.time.Instant instant() {
                        begun.countDown();
                        try {
                            done.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        throw new IllegalStateException("the test is over");
                    }
                },
                "target/no-models",
                NoTests.provided());
        DryRuns.Plan plan = new DryRuns.Plan(
                model("schedule.bpmn"), List.of(), DryRuns.Situation.USUAL, Map.of(), Map.of(), List.of());
        ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            List<Future<DryRuns.Report>> blocked =
                    List.of(others.submit(() -> desk.run(plan)), others.submit(() -> desk.run(plan)));
            begun.await();
            assertThatThrownBy(() -> desk.run(plan))
                    .isInstanceOf(Conflict.class)
                    .hasMessageContaining("2 dry runs");
            done.countDown();
            blocked.forEach(run -> assertThatThrownBy(run::get).hasMessageContaining("the test is over"));
        } finally {
            others.shutdownNow();
        }
    }
}
