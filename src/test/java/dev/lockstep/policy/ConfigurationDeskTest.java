package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.SchemaVersion;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations.Action;
import dev.lockstep.port.Configurations.Applied;
import dev.lockstep.port.Configurations.Candidate;
import dev.lockstep.port.Configurations.Change;
import dev.lockstep.port.Configurations.Field;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.Configurations.Status;
import dev.lockstep.port.RefusedConfiguration;
import dev.lockstep.port.SchemaReadings;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and their application, on a real ledger, by two nodes with directories of their own. */
class ConfigurationDeskTest {

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final String MARKER = "hunter2-marker";

    private final TestClock clock = TestClock.frozenAt(ConfigDir.NOW);
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final AuditTrail trail = audit::add;
    private final TestLedger ledger = TestLedger.on(TestDatabase.open(TestDatabase.Kind.POSTGRESQL), clock, trail);
    private final ConfigDir one;
    private final ConfigDir two;

    ConfigurationDeskTest(@TempDir Path one, @TempDir Path two) {
        this.one = Samples.all(new ConfigDir(one));
        this.two = Samples.all(new ConfigDir(two));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    /** A node as it is started. */
    private final class Node {

        final LiveCatalog catalog;
        final ConfigurationDesk desk;
        final DirectoryChanges changes;

        Node(ConfigDir directory, PolicyProperties.Reload mode, ConfigurationRecords records) {
            ConfigurationFiles files = new ConfigurationFiles(directory.root().toString());
            ConfigurationLoader loader = directory.loader();
            StartingConfiguration start = StartingConfiguration.read(loader, files, records, clock);
            catalog = new LiveCatalog(start.snapshot(), start.digest(), ledger::definitions);
            desk = new ConfigurationDesk(
                    catalog, loader, files, records, ledger.inventory(), ledger.schemaReadings(), trail, clock);
            changes = new DirectoryChanges(desk, files, mode, clock);
            if (start.sources() != null) {
                desk.begin(start.sources());
            }
            look();
        }

        Node(ConfigDir directory, PolicyProperties.Reload mode) {
            this(directory, mode, ledger.configurationRecords());
        }

        void look() {
            desk.follow();
            desk.settle();
            changes.look();
        }

        /** Long enough for files to have lain still. */
        void lookTwice() {
            look();
            look();
        }
    }

    private Node node() {
        return new Node(one, PolicyProperties.Reload.PLAN);
    }

    private static Candidate files(String... namesAndTexts) {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return new Candidate(files, true, null);
    }

    private void registered(Node node) {
        ledger.inventory()
                .enter(
                        ORDERS,
                        "orders-db",
                        DueTimes.after(
                                node.catalog.credential(ORDERS).orElseThrow().policy(), ORDERS, clock.instant()));
        node.desk.settle();
    }

    @Test
    void theFirstNodePutsWhatItStartsWithInForceAndTheSecondFollowsIt() {
        Node first = node();
        two.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D"));
        Node second = new Node(two, PolicyProperties.Reload.PLAN);

        assertThat(second.desk.digest()).isEqualTo(first.desk.digest());
        assertThat(second.catalog.policies())
                .extracting(Object::toString)
                .noneMatch(text -> text.contains("every=PT168H"));
        assertThat(second.desk.history(10)).singleElement().satisfies(applied -> {
            assertThat(applied.by()).isEqualTo("lockstep");
            assertThat(applied.plan()).isNull();
            assertThat(applied.inForce()).isTrue();
        });
        assertThat(second.desk.state().pending())
                .as("its files wait to be applied")
                .isNotNull();
    }

    @Test
    void aPlanTellsFieldByFieldAndNeverAValueThatCouldBeASecret() {
        Node node = node();
        registered(node);
        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D").replace("attempts: 4", "attempts: 6"));
        one.file("targets/db.yaml", Samples.TARGET.replace("db.example.com", MARKER));
        one.file(
                "credentials/orders.yaml",
                Samples.CREDENTIAL
                        .replace("owner: shop-team", "owner: pay-team")
                        .replace("tier: gold", "tier: " + MARKER));
        one.file("stores/third.yaml", "{kind: Store, name: third, type: inert}");

        Plan plan = node.desk.plan(Candidate.DIRECTORY, "anna");

        assertThat(plan.summary().toString()).isEqualTo("1 created, 3 changed, 1 rescheduled");
        assertThat(plan.changes())
                .extracting(change -> change.action() + " " + change.kind() + " " + change.name())
                .containsExactly(
                        "CHANGE target orders-db",
                        "CREATE store third",
                        "CHANGE policy app-password",
                        "CHANGE credential prod/shop/postgres/orders-app",
                        "RESCHEDULE credential prod/shop/postgres/orders-app");
        assertThat(fields(plan, 0)).containsExactly(new Field("settings.host", null, null, true));
        assertThat(fields(plan, 2))
                .contains(
                        new Field("retries.attempts", "4", "6", false),
                        new Field("rotate.every", "P30D", "P7D", false));
        assertThat(fields(plan, 3))
                .containsExactly(
                        new Field("labels.tier", null, null, true), new Field("owner", "shop-team", "pay-team", false));
        Change moved = plan.changes().get(4);
        assertThat(moved.dueBefore()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(moved.dueAfter()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(plan.load()).singleElement().satisfies(load -> {
            assertThat(load.target()).isEqualTo("orders-db");
            assertThat(load.before().stream().mapToInt(each -> each).sum()).isEqualTo(2);
            assertThat(load.after().stream().mapToInt(each -> each).sum()).isEqualTo(12);
        });
        assertThat(plan.toString()).doesNotContain(MARKER);
        assertThat(node.desk.plan(Candidate.DIRECTORY, "bert").id())
                .as("the same again")
                .isEqualTo(plan.id());
        assertThat(node.desk.find(plan.id()).orElseThrow().status()).isEqualTo(Status.OPEN);
        assertThat(ledger.inventory().find(ORDERS).orElseThrow().nextRotationAt())
                .isEqualTo(moved.dueBefore());
    }

    private static List<Field> fields(Plan plan, int change) {
        return plan.changes().get(change).fields();
    }

    @Test
    void applyingMovesDueTimesOnAllNodesAndIsAudited() {
        Node first = node();
        Node second = new Node(two, PolicyProperties.Reload.PLAN);
        registered(first);
        Plan plan = first.desk.plan(files("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D")), "anna");

        Applied applied = first.desk.apply(plan, "anna");
        second.look();

        assertThat(applied.settledAt()).isNotNull();
        assertThat(ledger.inventory().find(ORDERS).orElseThrow().nextRotationAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        assertThat(second.desk.digest()).isEqualTo(plan.candidate());
        assertThat(second.catalog.policies())
                .anyMatch(policy -> policy.toString().contains("every=PT168H"));
        assertThat(audit)
                .filteredOn(event -> event.actor().equals("anna"))
                .extracting(event -> event.action() + " " + event.phase())
                .containsExactly(
                        "configuration.plan FACT", "configuration.apply INTENT", "configuration.apply OUTCOME");
        assertThat(first.desk.apply(plan, "anna").id()).as("once more").isEqualTo(applied.id());
        assertThat(second.desk.find(plan.id()).orElseThrow().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void whatWasChangedMeanwhileRefusesThePlanAndIsTold() {
        Node first = node();
        Node second = new Node(two, PolicyProperties.Reload.PLAN);
        Plan slow = first.desk.plan(files("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D")), "anna");
        Candidate quick = new Candidate(
                Map.of("stores/third.yaml", "{kind: Store, name: third, type: inert}".getBytes(StandardCharsets.UTF_8)),
                true,
                "0123456789abcdef0123456789abcdef01234567");
        second.desk.apply(second.desk.plan(quick, "bert"), "bert");

        assertThatThrownBy(() -> first.desk.apply(slow, "anna"))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("bert applied 1 created at")
                .hasMessageContaining("from commit 0123456789abcdef")
                .hasMessageContaining("plan again");

        assertThat(first.desk.digest()).isEqualTo(second.desk.digest());
        assertThat(first.desk.find(slow.id()).orElseThrow().status()).isEqualTo(Status.STALE);
    }

    @Test
    void whatLeavesTheFilesIsKeptUnscheduledAndComesBackDue() {
        Node node = node();
        registered(node);
        Plan plan = node.desk.plan(files("credentials/orders.yaml", ""), "anna");
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.REMOVE);
            assertThat(change.note()).contains("not rotated any more").contains("decommission");
        });

        node.desk.apply(plan, "anna");

        assertThat(ledger.inventory().find(ORDERS).orElseThrow().status()).isEqualTo(CredentialStatus.UNMANAGED);
        assertThat(ledger.inventory().find(ORDERS).orElseThrow().nextRotationAt())
                .isNull();
        assertThat(audit)
                .anyMatch(event -> event.action().equals("credential.unmanage")
                        && event.subject().equals(ORDERS.value()));

        Plan back = node.desk.plan(files("credentials/orders.yaml", Samples.CREDENTIAL), "anna");
        assertThat(back.changes()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.ADOPT);
            assertThat(change.dueAfter()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        });
        node.desk.apply(back, "anna");

        assertThat(ledger.inventory().find(ORDERS).orElseThrow().status()).isEqualTo(CredentialStatus.ACTIVE);
        assertThat(ledger.inventory().find(ORDERS).orElseThrow().nextRotationAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void aNodeThatDiesBetweenInForceAndSettledIsFinishedByAnother() {
        Node second = new Node(two, PolicyProperties.Reload.PLAN);
        registered(second);
        Node dying = new Node(one, PolicyProperties.Reload.PLAN, failingAt("move"));
        Plan plan = dying.desk.plan(files("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D")), "anna");

        assertThatThrownBy(() -> dying.desk.apply(plan, "anna")).isInstanceOf(IllegalStateException.class);
        assertThat(second.desk.history(1).get(0).settledAt()).isNull();
        second.look();

        assertThat(second.desk.history(1).get(0).settledAt()).isNotNull();
        assertThat(ledger.inventory().find(ORDERS).orElseThrow().nextRotationAt())
                .isEqualTo(clock.instant().plus(Duration.ofDays(7)));
    }

    @Test
    void aNodeThatDiesBeforeAnythingIsInForceHasChangedNothingAndCanDoItAgain() {
        Node dying = new Node(one, PolicyProperties.Reload.PLAN, failingAt("apply"));
        Node second = new Node(two, PolicyProperties.Reload.PLAN);
        second.look();
        Plan plan = second.desk.plan(files("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D")), "anna");

        assertThatThrownBy(() -> dying.desk.apply(plan, "anna")).isInstanceOf(IllegalStateException.class);

        assertThat(second.desk.find(plan.id()).orElseThrow().status()).isEqualTo(Status.OPEN);
        second.desk.apply(plan, "anna");
        dying.desk.follow();
        assertThat(dying.desk.digest()).isEqualTo(plan.candidate());
    }

    private ConfigurationRecords failingAt(String call) {
        ConfigurationRecords real = ledger.configurationRecords();
        return (ConfigurationRecords) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ConfigurationRecords.class},
                (proxy, method, arguments) -> {
                    // The first configuration of all is put in force at start.
                    boolean first = call.equals("apply")
                            && arguments != null
                            && arguments[0] instanceof ConfigurationRecords.Request request
                            && request.former() == null;
                    if (method.getName().equals(call) && !first && (!call.equals("move") || hasMoves(arguments))) {
                        throw new IllegalStateException("the process is gone");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean hasMoves(Object[] arguments) {
        return arguments[0] instanceof List<?> moves && !moves.isEmpty();
    }

    @Test
    void aChangedCalendarIsPlannedAndAppliedOnAllNodes() {
        one.file("policies/app.yaml", Samples.POLICY + "blackouts: [{calendar: calendars/freeze.ics}]\n");
        one.file("calendars/freeze.ics", freeze("20261220"));
        Node first = new Node(one, PolicyProperties.Reload.APPLY);
        Node second = new Node(two, PolicyProperties.Reload.PLAN);
        assertThat(blackouts(second)).contains("2026-12-20T00:00:00Z");

        one.file("calendars/freeze.ics", freeze("20261222"));
        first.lookTwice();
        second.look();

        assertThat(first.desk.history(1).get(0).summary().changed())
                .as("the policy")
                .isEqualTo(1);
        assertThat(blackouts(first)).contains("2026-12-22T00:00:00Z");
        assertThat(blackouts(second)).contains("2026-12-22T00:00:00Z").doesNotContain("2026-12-20T00:00:00Z");
    }

    private static String freeze(String day) {
        return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:" + day
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    private static String blackouts(Node node) {
        return node.catalog
                .credential(ORDERS)
                .orElseThrow()
                .policy()
                .timing()
                .blackouts()
                .all()
                .toString();
    }

    @Test
    void aBrokenCandidateIsRefusedWithPlaceAndChangesNothing() {
        Node node = node();
        String before = node.desk.digest();

        assertThatThrownBy(() -> node.desk.plan(files("policies/app.yaml", "kind: Policy\nname: [x\n"), "anna"))
                .isInstanceOfSatisfying(
                        RefusedConfiguration.class,
                        refused -> assertThat(refused.flaws())
                                .anyMatch(flaw -> flaw.file().equals("policies/app.yaml") && flaw.line() > 0));

        assertThat(node.desk.digest()).isEqualTo(before);
    }

    private static final String SCHEMA = """
            kind: SecretSchema
            name: database-user
            versions:
              v1:
                username: ${username}
                password: ${password}
            """;

    private static final String BOTH_VERSIONS = """
            kind: SecretSchema
            name: database-user
            default: v1
            versions:
              v2:
                user: ${username}
                password: ${password}
                database: ${account.database}
              v1:
                username: ${user}
                password: ${password}
            """;

    private static final String SCHEMA_FILE = "secret-schemas/one.yaml";

    @Test
    void aPublishedSchemaIsHeldAgainstWhatIsInForceAndItsReadersAreTold() {
        Node node = node();
        node.desk.apply(node.desk.plan(files(SCHEMA_FILE, SCHEMA), "anna"), "anna");

        assertThatThrownBy(() -> node.desk.plan(files(SCHEMA_FILE, SCHEMA + "    more: x\n"), "anna"))
                .isInstanceOfSatisfying(
                        RefusedConfiguration.class,
                        refused -> assertThat(refused.flaws()).singleElement().satisfies(flaw -> {
                            assertThat(flaw.file()).isEqualTo(SCHEMA_FILE);
                            assertThat(flaw.line()).isEqualTo(7);
                            assertThat(flaw.field()).isEqualTo("versions.v1.more");
                        }));
        ledger.schemaReadings()
                .note(List.of(
                        new SchemaReadings.Reading("database-user", new SchemaVersion(1), "web"),
                        new SchemaReadings.Reading("database-user", new SchemaVersion(1), "job"),
                        new SchemaReadings.Reading("api-key", new SchemaVersion(1), "other")));
        Plan plan = node.desk.plan(files(SCHEMA_FILE, BOTH_VERSIONS), "anna");
        assertThat(plan.changes()).singleElement().satisfies(change -> {
            assertThat(change.action()).isEqualTo(Action.CHANGE);
            assertThat(change.kind()).isEqualTo("secret-schema");
            assertThat(change.note()).isEqualTo("within 30 days v1 was read by job, web");
            assertThat(change.fields()).extracting(Field::name).contains("versions.v2.user", "versions.v1.username");
        });
        clock.advance(Duration.ofDays(31));
        assertThat(node.desk
                        .plan(files(SCHEMA_FILE, BOTH_VERSIONS), "anna")
                        .changes()
                        .get(0)
                        .note())
                .isEqualTo("nobody has read it within 30 days");
    }

    @Test
    void aSchemaIsCheckedOnceMoreWhenItIsAppliedForWhatWasIssuedMeanwhile() {
        Node node = node();
        Plan plan = node.desk.plan(files(SCHEMA_FILE, BOTH_VERSIONS), "anna");
        String before = node.desk.digest();
        ledger.definitions()
                .add(new Definition(
                        CredentialName.of("prod/shop/postgres/issued"),
                        "shop-team",
                        "database-user",
                        "orders-db",
                        "main",
                        List.of(),
                        "app-password",
                        List.of("issued"),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Optional.empty()));

        assertThatThrownBy(() -> node.desk.apply(plan, "anna"))
                .isInstanceOfSatisfying(
                        RefusedConfiguration.class,
                        refused -> assertThat(refused.flaws()).singleElement().satisfies(flaw -> {
                            assertThat(flaw.field()).isEqualTo("versions.v2.database");
                            assertThat(flaw.problem()).contains("prod/shop/postgres/issued");
                        }));
        assertThat(node.desk.digest()).isEqualTo(before);
        assertThat(node.desk.history(10)).hasSize(1);
        assertThat(audit)
                .filteredOn(event -> event.actor().equals("anna"))
                .noneMatch(event -> event.action().equals("configuration.apply"));
    }

    @Test
    void filesThatChangeWaitForSomebodyUntilTheyLieStillAndAreAppliedByHand() {
        Node node = node();
        assertThat(node.desk.state().pending()).isNull();
        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D"));
        node.look();
        assertThat(node.desk.state().pending())
                .as("somebody may still be writing")
                .isNull();
        node.look();

        String pending = node.desk.state().pending();
        assertThat(pending).isNotNull();
        assertThat(node.desk.history(5)).hasSize(1);
        node.desk.apply(node.desk.find(String.valueOf(pending)).orElseThrow(), "anna");
        node.lookTwice();

        assertThat(node.desk.state().pending()).isNull();
        assertThat(node.desk.history(5)).hasSize(2);
    }

    @Test
    void filesThatChangeAreAppliedWhenThatIsAskedForAndOldOnesOfAnotherNodeDoNotTakeThemBack() {
        Node first = new Node(one, PolicyProperties.Reload.APPLY);
        Node second = new Node(two, PolicyProperties.Reload.APPLY);
        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D"));
        first.lookTwice();
        second.lookTwice();
        String applied = first.desk.digest();

        assertThat(first.desk.history(5)).hasSize(2);
        assertThat(second.desk.digest()).isEqualTo(applied);
        assertThat(second.desk.state().note()).contains("not changed since");

        Node restarted = new Node(two, PolicyProperties.Reload.APPLY);
        restarted.lookTwice();
        assertThat(restarted.desk.digest()).as("not taken back").isEqualTo(applied);
        assertThat(restarted.desk.state().note()).contains("earlier configuration");
        assertThat(restarted.desk.state().pending()).isNotNull();

        one.file("policies/app.yaml", Samples.POLICY);
        first.lookTwice();
        assertThat(first.desk.history(5))
                .as("a revert where it was applied is meant")
                .hasSize(3);
    }

    @Test
    void brokenFilesKeepTheLastGoodConfigurationAlsoOverAStart() {
        Node node = new Node(one, PolicyProperties.Reload.APPLY);
        String good = node.desk.digest();
        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "PT"));
        node.lookTwice();

        assertThat(node.desk.digest()).isEqualTo(good);
        assertThat(node.desk.state().problems())
                .anyMatch(flaw ->
                        flaw.field().equals("rotate.every") && flaw.file().endsWith("policies/app.yaml"));
        Instant since = node.desk.state().since();
        assertThat(since).isEqualTo(clock.instant());

        Node restarted = new Node(one, PolicyProperties.Reload.APPLY);
        assertThat(restarted.desk.digest()).isEqualTo(good);
        assertThat(restarted.desk.state().problems()).isNotEmpty();

        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D"));
        restarted.lookTwice();
        assertThat(restarted.desk.state().problems()).isEmpty();
        assertThat(restarted.desk.digest()).isNotEqualTo(good);
    }

    @Test
    void withoutWatchingTheFilesAreAppliedAtStartOnly() {
        Node node = new Node(one, PolicyProperties.Reload.OFF);
        one.file("policies/app.yaml", Samples.POLICY.replace("P30D", "P7D"));
        node.lookTwice();
        assertThat(node.desk.history(5)).hasSize(1);

        new Node(one, PolicyProperties.Reload.OFF);

        assertThat(node.desk.history(5)).hasSize(2);
    }
}
