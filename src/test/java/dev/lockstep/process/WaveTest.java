package dev.lockstep.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.ConsumerProblem;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.VersionChange;
import dev.lockstep.lifecycle.ReleaseWave;
import dev.lockstep.port.VersionChanges;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** Rotations that some consumers try before the others. */
@ProcessTest
@Import(RotationStand.class)
class WaveTest {

    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Canary.Wave EARLY = new Canary.Wave(0, Map.of("ring", "early"), SOAK);
    private static final Canary.Wave HALF = new Canary.Wave(50, Map.of(), SOAK);

    @Autowired
    RotationStand stand;

    @Autowired
    VersionChanges changes;

    @Autowired
    ReleaseWave releaseWave;

    /** The last one repeats. */
    private final Deque<Answer> answers = new ArrayDeque<>();

    private HttpServer server;

    private record Answer(int status, String body) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Answer answer = answers.size() > 1 ? answers.remove() : answers.element();
            exchange.sendResponseHeaders(answer.status(), 0);
            exchange.getResponseBody().write(answer.body().getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void hangUp() {
        server.stop(0);
        answers.clear();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
    }

    private Given pair() {
        return Given.policy()
                .alternating("app_a", "app_b")
                .consumers(
                        new Consumer("batch", Map.of()),
                        new Consumer("mail", Map.of("ring", "early")),
                        new Consumer("shop", Map.of()),
                        new Consumer("web", Map.of()));
    }

    private static Canary waves(Canary.Wave... waves) {
        return new Canary(List.of(waves), Optional.empty());
    }

    private void confirm(Credential credential, String... consumers) {
        for (String consumer : consumers) {
            stand.reports.acknowledge(consumer, new SecretRef(credential.name(), 2));
        }
    }

    private void soak(Operation operation) {
        stand.clock.advance(SOAK.plusSeconds(1));
        stand.job(operation, "SoakOver");
        stand.jobs(operation);
    }

    private int served(Credential credential, String consumer) {
        return stand.consumers.served(credential.name(), consumer).orElseThrow().version();
    }

    private Stage stageOfNew(Credential credential) {
        return stand.versions
                .find(new SecretRef(credential.name(), 2))
                .orElseThrow()
                .stage();
    }

    /** What programs were told of it so far, after its adoption. */
    private List<String> told(Credential credential) {
        changes.place(10_000, change -> {});
        return changes.after(0, 10_000).stream()
                .filter(change -> change.ref().credential().equals(credential.name()))
                .skip(1)
                .map(WaveTest::text)
                .toList();
    }

    private static String text(VersionChange change) {
        return change.sort() + " " + change.ref().version() + " to "
                + Objects.requireNonNullElse(change.consumer(), "all");
    }

    @Test
    void eachWaveIsServedTheNewVersionBeforeTheOthersAndTheyFollowWhenAllIsWell() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY, HALF)));
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("WaveSoaks");
        assertThat(List.of(served(credential, "mail"), served(credential, "batch"), served(credential, "web")))
                .containsExactly(2, 1, 1);
        confirm(credential, "mail");
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("WaveSoaks").hasPassed("CheckWave");
        assertThat(List.of(served(credential, "mail"), served(credential, "batch"), served(credential, "web")))
                .containsExactly(2, 2, 1);
        assertThat(stageOfNew(credential)).isEqualTo(Stage.STAGED);
        confirm(credential, "batch");
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stageOfNew(credential)).isEqualTo(Stage.CURRENT);
        assertThat(served(credential, "web")).isEqualTo(2);
    }

    @Test
    void aWaveWithoutMembersIsPassedOver() {
        Canary.Wave nobody = new Canary.Wave(0, Map.of("ring", "none"), SOAK);
        Credential credential = stand.adopted(pair().canary(waves(nobody, EARLY, nobody)));
        Operation operation = stand.rotate(credential);
        confirm(credential, "mail");
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
    }

    @Test
    void aWaveThatDoesNotConfirmIsTakenBack() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)).attempts(2));
        Operation operation = stand.rotate(credential);
        soak(operation);
        assertThat(stand.instance(operation))
                .isWaitingAt("ResolveFailedRotation")
                .hasPassed("WithdrawRelease", "RestorePrevious", "DiscardStaged");
        assertThat(stand.variable(operation, "failureCode")).isEqualTo("consumer-unhealthy");
        assertThat(served(credential, "mail")).isEqualTo(1);
        assertThat(stageOfNew(credential)).isEqualTo(Stage.DISCARDED);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aConsumerOfTheWaveThatCannotWorkEndsTheSoakAndEverythingGoesBack() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)));
        Operation operation = stand.rotate(credential);
        boolean back = stand.reports.complain(
                "mail", new SecretRef(credential.name(), 2), ConsumerProblem.AUTHENTICATION_FAILED);
        assertThat(back).isTrue();
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(served(credential, "mail")).isEqualTo(1);
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.logsIn(credential, 2)).isFalse();
    }

    @Test
    void aConsumerThatCannotWorkWithinTheGraceBringsEverybodyBack() {
        Credential credential = stand.adopted(pair());
        Operation operation = stand.rotate(credential);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        stand.reports.complain("web", new SecretRef(credential.name(), 2), ConsumerProblem.PERMISSION_DENIED);
        stand.jobs(operation);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(stand.logsIn(credential, 1)).isTrue();
    }

    @Test
    void aComplaintAboutAVersionThatNoOperationCanTakeBackIsKeptForTheRecord() {
        Credential credential = stand.adopted(pair());
        assertThat(stand.reports.complain("web", new SecretRef(credential.name(), 1), ConsumerProblem.UNUSABLE))
                .isFalse();
        assertThat(stand.consumers.complaints(new SecretRef(credential.name(), 1)))
                .containsExactly("web");
    }

    @Test
    void consumersThatTurnUnhealthyBringBackAndProveThePreviousVersion() {
        Canary canary = new Canary(List.of(EARLY), Optional.of(new Canary.Probe(Canary.Kind.HTTP, address(), "")));
        Credential credential = stand.adopted(pair().canary(canary).attempts(1));
        answers.add(new Answer(503, "no"));
        Operation operation = stand.rotate(credential);
        confirm(credential, "mail");
        soak(operation);
        assertThat(stand.instance(operation))
                .isWaitingAt("ResolveFailedRotation")
                .hasPassed("VerifyPrevious");
        assertThat(stand.now(operation).failureMessage()).contains("answered 503");
        assertThat(stand.logsIn(credential, 1)).isTrue();
        assertThat(stand.logsIn(credential, 2)).isFalse();
    }

    @Test
    void aQueryThatGivesNothingSaysThatAllIsWell() {
        Canary canary = new Canary(
                List.of(EARLY), Optional.of(new Canary.Probe(Canary.Kind.PROMETHEUS, address(), "errors > 0")));
        Credential credential = stand.adopted(pair().canary(canary).attempts(3));
        answers.add(new Answer(200, "{\"data\":{\"resultType\":\"vector\",\"result\":[{}]}}"));
        answers.add(new Answer(200, "{\"data\":{\"resultType\":\"vector\",\"result\":[]}}"));
        Operation operation = stand.rotate(credential);
        confirm(credential, "mail");
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        assertThat(stand.now(operation).failureMessage()).contains("gives 1 result(s)");
    }

    @Test
    void anEmergencyWaitsForNoWave() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)));
        Operation operation = stand.rotateInEmergency(credential);
        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROTATED);
    }

    @Test
    void eachReleaseIsToldToItsConsumersOnceHoweverOftenTheStepRuns() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY, HALF)));
        Operation operation = stand.rotate(credential);
        assertThat(told(credential)).containsExactly("released 2 to mail");
        releaseWave.run(operation.id());
        assertThat(told(credential)).hasSize(1);

        confirm(credential, "mail");
        soak(operation);
        assertThat(told(credential)).containsExactly("released 2 to mail", "released 2 to batch");
        confirm(credential, "batch");
        soak(operation);

        assertThat(told(credential)).containsExactly("released 2 to mail", "released 2 to batch", "promoted 2 to all");
    }

    @Test
    void aWaveThatFailsIsToldToThoseThatHadTheVersionAndTheNextTryIsNews() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)).attempts(1));
        Operation operation = stand.rotate(credential);
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("ResolveFailedRotation");
        assertThat(told(credential)).containsExactly("released 2 to mail", "withdrawn 2 to mail");

        stand.answer(operation, "choice", "retry");

        assertThat(stand.instance(operation)).isWaitingAt("WaveSoaks");
        assertThat(told(credential)).containsExactly("released 2 to mail", "withdrawn 2 to mail", "released 2 to mail");
    }

    @Test
    void aComplaintWithinTheWaveIsToldAsAWithdrawalOnly() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)));
        Operation operation = stand.rotate(credential);
        stand.reports.complain("mail", new SecretRef(credential.name(), 2), ConsumerProblem.AUTHENTICATION_FAILED);
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(told(credential)).containsExactly("released 2 to mail", "withdrawn 2 to mail");
    }

    @Test
    void theWayBackAfterThePromotionIsToldToAllAlike() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)));
        Operation operation = stand.rotate(credential);
        confirm(credential, "mail");
        soak(operation);
        assertThat(stand.instance(operation)).isWaitingAt("GracePeriod");
        stand.reports.complain("web", new SecretRef(credential.name(), 2), ConsumerProblem.PERMISSION_DENIED);
        stand.jobs(operation);

        assertThat(stand.now(operation).outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(told(credential)).containsExactly("released 2 to mail", "promoted 2 to all", "promoted 1 to all");
        assertThat(served(credential, "mail")).isEqualTo(1);
    }

    @Test
    void anEmergencyTakesAWaveBackBeforeItsOwnVersionBegins() {
        Credential credential = stand.adopted(pair().canary(waves(EARLY)));
        Operation operation = stand.rotate(credential);
        assertThat(served(credential, "mail")).isEqualTo(2);

        Operation emergency = stand.rotateInEmergency(credential);
        stand.jobs(operation);
        stand.dispatchPatiently();
        stand.jobs(emergency);

        assertThat(told(credential))
                .startsWith("released 2 to mail", "withdrawn 2 to mail")
                .contains("promoted 3 to all");
        assertThat(served(credential, "mail")).isEqualTo(3);
    }
}
