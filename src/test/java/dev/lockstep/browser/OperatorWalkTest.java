package dev.lockstep.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.access.InitialLogin;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.Signal;
import dev.lockstep.lifecycle.AdoptCredentials;
import dev.lockstep.port.AccessReviews;
import dev.lockstep.port.ConsumerReports;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Lifecycles;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Rehearsals;
import dev.lockstep.port.Rotations;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.FaultyProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Every task that a human may meet, brought about at a real server, opened in Tasklist in a real browser, understood by
 * what it shows, and completed. Keeps a picture of each.
 */
@Tag("extended")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SpringBootTest(
        classes = LockstepApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:operator-walk;DB_CLOSE_DELAY=-1",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.models-dir=target/no-models",
            "lockstep.access.print-initial-login=true"
        })
class OperatorWalkTest {

    private static final WalkStand STAND = WalkStand.make();

    private final int port;
    private final InitialLogin login;
    private Tasklist tasklist;

    @Autowired
    private AdoptCredentials adopt;

    @Autowired
    private Rotations rotations;

    @Autowired
    private Lifecycles lifecycles;

    @Autowired
    private Emergencies emergencies;

    @Autowired
    private Operations operations;

    @Autowired
    private Incidents incidents;

    @Autowired
    private Versions versions;

    @Autowired
    private ConsumerReports consumers;

    @Autowired
    private AccessReviews reviews;

    @Autowired
    private Rehearsals rehearsals;

    @Autowired
    private TaskService tasks;

    OperatorWalkTest(@LocalServerPort int port, @Autowired InitialLogin login) {
        this.port = port;
        this.login = login;
    }

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry registry) {
        registry.add("lockstep.config-dir", STAND.config()::toString);
        registry.add("lockstep.data-dir", STAND.data()::toString);
    }

    @BeforeAll
    void logIn() {
        adopt.run();
        STAND.sql("ALTER ROLE " + STAND.role("drifting") + " PASSWORD 'changed by hand'");
        tasklist = new Tasklist(port);
        tasklist.logIn(
                login.user(),
                login.password().orElseThrow().expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    @AfterAll
    void close() throws IOException {
        tasklist.close();
        STAND.close();
    }

    @Test
    void a_rotation_is_approved() {
        Operation operation = rotate("approve");
        tasklist.open(task("ApproveRotation", "approve"));
        assertThat(tasklist.shown("requestedBy")).isEqualTo("tester");
        tasklist.picture("approve-rotation");
        tasklist.choose("decision", 0);
        tasklist.complete();
        awaitOutcome(operation, Outcome.ROTATED);
    }

    @Test
    void broken_glass_is_reviewed() {
        rotations.breakGlass(WalkStand.name("glass"), "tester", "the service is down");
        tasklist.open(task("ReviewBreakGlass", "glass"));
        assertThat(tasklist.shown("reason")).isEqualTo("the service is down");
        tasklist.picture("review-break-glass");
        tasklist.choose("verdict", 0);
        tasklist.complete();
        awaitNoTask("ReviewBreakGlass", "glass");
    }

    @Test
    void a_failed_rotation_is_tried_again_when_its_cause_is_gone() {
        Operation operation = rotate("legacy");
        tasklist.open(task("ResolveFailedRotation", "legacy"));
        assertThat(tasklist.shown("failureMessage"))
                .contains("GRANT \"" + STAND.role("legacy") + "\" TO \"" + STAND.admin() + "\" WITH ADMIN OPTION");
        assertThat(tasklist.shown("atTarget")).contains("version 1 (CURRENT, " + STAND.role("legacy") + ") logs in");
        tasklist.picture("resolve-failed-rotation");
        grantBack("legacy");
        tasklist.choose("choice", 1);
        tasklist.complete();
        awaitOutcome(operation, Outcome.ROTATED);
    }

    @Test
    void consumers_that_did_not_move_in_time_are_decided_about() {
        Operation operation = rotate("slow");
        tasklist.open(task("ResolveLaggards", "slow"));
        assertThat(tasklist.shown("laggards")).contains("web");
        tasklist.picture("resolve-laggards");
        tasklist.choose("laggardsChoice", 0);
        tasklist.complete();
        awaitOutcome(operation, Outcome.ROTATED);
    }

    @Test
    void a_retirement_that_the_server_refused_is_tried_again() {
        Operation operation = rotate("kept");
        Tasklist.await(() -> currentVersion("kept") == 2);
        String previous = STAND.role("kept") + "_a";
        STAND.sql("REVOKE " + previous + " FROM " + STAND.admin());
        consumers.acknowledge("web", new SecretRef(WalkStand.name("kept"), 2));
        tasklist.open(task("ResolveFailedRetirement", "kept"));
        assertThat(tasklist.shown("failureMessage")).contains(previous);
        tasklist.picture("resolve-failed-retirement");
        STAND.sql("GRANT " + previous + " TO " + STAND.admin() + " WITH ADMIN TRUE");
        tasklist.choose("retirementChoice", 1);
        tasklist.complete();
        awaitOutcome(operation, Outcome.ROTATED);
    }

    @Test
    void a_new_credential_is_approved_and_handed_over() {
        Operation operation = lifecycles.issue(definition("new-one", "approved"), "tester", "a new service");
        tasklist.open(task("ApproveIssuance", "new-one"));
        assertThat(tasklist.shown("reason")).isEqualTo("a new service");
        tasklist.picture("approve-issuance");
        tasklist.choose("decision", 0);
        tasklist.complete();
        tasklist.open(task("HandOverCredential", "new-one"));
        tasklist.picture("hand-over-credential");
        tasklist.complete();
        awaitOutcome(operation, Outcome.ISSUED);
    }

    @Test
    void a_credential_that_cannot_be_made_is_given_up() {
        Operation operation = lifecycles.issue(definition("impossible", "without-rights"), "tester", "a new service");
        tasklist.open(task("ResolveFailedIssuance", "impossible"));
        assertThat(tasklist.shown("failureMessage")).contains("nobody_made_this_role");
        tasklist.picture("resolve-failed-issuance");
        tasklist.choose("choice", 3);
        tasklist.complete();
        awaitOutcome(operation, Outcome.NOT_ISSUED);
    }

    @Test
    void an_end_is_approved_and_taken_back_when_somebody_still_reads() {
        Operation operation = lifecycles.decommission(WalkStand.name("end"), "tester", "not needed any more");
        tasklist.open(task("ApproveDecommission", "end"));
        tasklist.picture("approve-decommission");
        tasklist.choose("decision", 0);
        tasklist.complete();
        Tasklist.await(() -> lifecycles.readAttempted(WalkStand.name("end"), "web"));
        tasklist.open(task("ResolveReadAttempt", "end"));
        assertThat(tasklist.shown("attempts")).contains("web");
        tasklist.picture("resolve-read-attempt");
        tasklist.choose("readersChoice", 1);
        tasklist.complete();
        awaitOutcome(operation, Outcome.KEPT);
        assertThat(STAND.logsIn(STAND.role("end"), WalkStand.initial("end"))).isTrue();
    }

    @Test
    void an_account_that_still_owns_something_is_removed_when_that_is_gone() {
        String table = STAND.role("owner") + "_t";
        STAND.sql("CREATE TABLE " + table + " (id int)", "ALTER TABLE " + table + " OWNER TO " + STAND.role("owner"));
        Operation operation = lifecycles.decommission(WalkStand.name("owner"), "tester", "not needed any more");
        tasklist.open(task("ResolveFailedDecommission", "owner"));
        assertThat(tasklist.shown("failureMessage")).contains("own");
        tasklist.picture("resolve-failed-decommission");
        STAND.sql("DROP TABLE " + table);
        tasklist.choose("choice", 1);
        tasklist.complete();
        awaitOutcome(operation, Outcome.DECOMMISSIONED);
    }

    @Test
    void a_suspicion_is_looked_at_and_ignored() {
        Incident incident = report("suspected", Signal.Kind.SUSPICION, Signal.Confidence.POSSIBLE);
        tasklist.open(task("ReviewReport", incident.label()));
        assertThat(tasklist.shown("affected")).contains("suspected");
        tasklist.picture("review-leak-report");
        tasklist.choose("reviewChoice", 2);
        tasklist.type("comment", "a test string that looks like a password");
        tasklist.complete();
        awaitState(incident, Incident.State.CLOSED);
    }

    @Test
    void a_leak_is_looked_back_on() {
        Incident incident = report("leaked", Signal.Kind.LEAK, Signal.Confidence.CONFIRMED);
        tasklist.open(task("ReviewIncident", incident.label()));
        assertThat(tasklist.shown("affected")).contains("proven dead");
        assertThat(STAND.logsIn(STAND.role("leaked"), WalkStand.initial("leaked")))
                .isFalse();
        tasklist.picture("review-incident");
        tasklist.choose("incidentChoice", 1);
        tasklist.type("conclusion", "it stood in a public repository; the hook that looks for secrets is on now");
        tasklist.complete();
        awaitState(incident, Incident.State.CLOSED);
    }

    @Test
    void a_leak_that_could_not_be_contained_is_contained_when_the_right_is_there() {
        Incident incident = report("stubborn", Signal.Kind.LEAK, Signal.Confidence.CONFIRMED);
        tasklist.open(task("ResolveFailedContainment", "stubborn"));
        tasklist.picture("resolve-failed-containment");
        grantBack("stubborn");
        tasklist.choose("containmentChoice", 1);
        tasklist.complete();
        awaitState(incident, Incident.State.CONTAINED);
        assertThat(STAND.logsIn(STAND.role("stubborn"), WalkStand.initial("stubborn")))
                .isFalse();
    }

    @Test
    void a_server_that_was_down_is_used_again() {
        STAND.proxy().mode(FaultyProxy.Mode.RESET);
        Operation operation = rotate("offline");
        tasklist.open(task("RestoreTarget", "shaky"));
        tasklist.picture("restore-target");
        STAND.proxy().mode(FaultyProxy.Mode.PASS);
        tasklist.complete();
        awaitOutcome(operation, Outcome.ROTATED);
    }

    @Test
    void a_password_that_was_changed_by_hand_is_repaired() {
        tasklist.open(task("ResolveDrift", "drifting"));
        tasklist.picture("resolve-drift");
        tasklist.choose("driftChoice", 0);
        tasklist.complete();
        Tasklist.await(() -> currentVersion("drifting") == 2);
        assertThat(STAND.logsIn(STAND.role("drifting"), "changed by hand")).isFalse();
    }

    @Test
    void access_that_is_wrong_is_corrected_and_confirmed() {
        reviews.begin("tester");
        tasklist.open(ofOwner("ReviewAccess"));
        assertThat(tasklist.shown("evidence")).contains("test/walk/pg/slow", "web");
        tasklist.picture("review-access");
        tasklist.choose("accessVerdict", 1);
        tasklist.type("correction", "web does not read slow any more");
        tasklist.complete();
        tasklist.open(ofOwner("CorrectAccess"));
        assertThat(tasklist.shown("correction")).isEqualTo("web does not read slow any more");
        tasklist.picture("correct-access");
        tasklist.complete();
        tasklist.open(ofOwner("ReviewAccess"));
        tasklist.choose("accessVerdict", 0);
        tasklist.complete();
        Tasklist.await(() -> !reviews.asked().contains("walkers"));
    }

    @Test
    void a_drill_is_talked_about_afterwards() {
        Drill drill = rehearsals.begin(
                WalkStand.name("sandbox"), Drill.Scenario.REFUSED_PASSWORD, "tester", "an operator's walk");
        tasklist.open(task("DebriefDrill", drill.label()));
        assertThat(tasklist.shown("result")).isNotBlank();
        tasklist.picture("debrief-drill");
        tasklist.type("findings", "the task said clearly what to do");
        tasklist.complete();
        awaitNoTask("DebriefDrill", drill.label());
    }

    @Test
    void a_credential_is_requested_by_a_form() {
        tasklist.start("Request a credential");
        tasklist.picture("request-credential");
        Map.of(
                        "name", "test/walk/pg/by-form",
                        "owner", "walkers",
                        "kind", "database-user",
                        "target", "pg",
                        "store", "main",
                        "policy", "plain",
                        "reason", "a service of the walk")
                .forEach(tasklist::type);
        tasklist.submit();
        tasklist.open(task("HandOverCredential", "by-form"));
        tasklist.complete();
        awaitNoTask("HandOverCredential", "by-form");
        assertThat(operations.history(CredentialName.of("test/walk/pg/by-form"), 1))
                .extracting(Operation::requestedBy)
                .containsExactly(login.user());
    }

    private Operation rotate(String what) {
        return rotations.rotate(WalkStand.name(what), false, "tester", "an operator's walk");
    }

    private Definition definition(String what, String policy) {
        return new Definition(
                WalkStand.name(what),
                "walkers",
                "database-user",
                "pg",
                "main",
                List.of(),
                policy,
                List.of(),
                Map.of(),
                List.of("web"),
                Map.of(),
                Optional.empty());
    }

    private Incident report(String what, Signal.Kind kind, Signal.Confidence confidence) {
        return emergencies.report(new Signal(
                Signal.Source.HUMAN,
                "walk-" + what,
                kind,
                confidence,
                Signal.Exposure.PUBLIC,
                null,
                WalkStand.name(what),
                null,
                "tester",
                "seen in a public repository",
                Instant.now()));
    }

    private void grantBack(String what) {
        STAND.sql("GRANT " + STAND.role(what) + " TO " + STAND.admin() + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
    }

    private int currentVersion(String what) {
        return versions.current(WalkStand.name(what)).orElseThrow().ref().version();
    }

    /** The task of the process whose business key ends in this. */
    private String task(String key, String subject) {
        Tasklist.await(() -> find(key, subject).isPresent());
        return find(key, subject).orElseThrow().getId();
    }

    private Optional<Task> find(String key, String subject) {
        return tasks
                .createTaskQuery()
                .taskDefinitionKey(key)
                .processInstanceBusinessKeyLike("%" + subject)
                .list()
                .stream()
                .findFirst();
    }

    /** The task of the owner of everything here. */
    private String ofOwner(String key) {
        Tasklist.await(() -> !asked(key).isEmpty());
        return asked(key).get(0).getId();
    }

    private List<Task> asked(String key) {
        return tasks.createTaskQuery()
                .taskDefinitionKey(key)
                .processVariableValueEquals("owner", "walkers")
                .list();
    }

    private void awaitNoTask(String key, String subject) {
        Tasklist.await(() -> find(key, subject).isEmpty());
    }

    private void awaitOutcome(Operation operation, Outcome outcome) {
        Tasklist.await(() -> operations.get(operation.id()).outcome() == outcome);
    }

    private void awaitState(Incident incident, Incident.State state) {
        Tasklist.await(() -> incidents.get(incident.id()).state() == state);
    }
}
