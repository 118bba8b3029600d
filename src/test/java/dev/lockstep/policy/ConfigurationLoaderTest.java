package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.ProcessPin;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretRules.CharacterClass;
import dev.lockstep.domain.SecretRules.KeyAlgorithm;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Timing;
import dev.lockstep.domain.Window;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {

    private final ConfigDir directory;
    private final Path root;

    ConfigurationLoaderTest(@TempDir Path root) {
        this.root = root;
        this.directory = Samples.all(new ConfigDir(root));
    }

    @Test
    void readsEveryFieldOfAPolicy() {
        Policy policy = policy("app-password");

        assertThat(policy)
                .isEqualTo(new Policy(
                        "app-password",
                        new Schedule.Interval(Duration.ofDays(30)),
                        Strategy.IN_PLACE,
                        new SecretRules.Password(
                                32,
                                "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-._",
                                Set.of(CharacterClass.LOWER, CharacterClass.UPPER, CharacterClass.DIGIT),
                                128),
                        new Policy.Grace(Duration.ofDays(1), Policy.Laggards.WAIT_AND_ESCALATE),
                        new Policy.Retries(
                                4, List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5)), 2),
                        new Policy.Failure(3, Duration.ofHours(2)),
                        new Policy.Escalation(
                                "operators",
                                Duration.ofDays(2),
                                Optional.of(Duration.ofHours(4)),
                                Optional.of(new Policy.SecondLevel("leads", Duration.ofHours(6)))),
                        Optional.of(new Policy.Approval("approvers", Duration.ofHours(8)))));
    }

    @Test
    void fillsInDefaultsForWhatAPolicyLeavesOut() {
        Policy policy = policy("weekly-pair");

        assertThat(policy)
                .isEqualTo(new Policy(
                        "weekly-pair",
                        new Schedule.Cron("0 0 3 * * SUN", ZoneId.of("Europe/Berlin")),
                        Strategy.ALTERNATING,
                        new SecretRules.KeyPair(KeyAlgorithm.RSA, 4096),
                        new Policy.Grace(Duration.ofDays(1), Policy.Laggards.RETIRE_ANYWAY),
                        new Policy.Retries(
                                5, List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5)), 2),
                        new Policy.Failure(1, Duration.ofHours(1)),
                        new Policy.Escalation("operators", Duration.ofDays(1)),
                        Optional.empty()));
    }

    @Test
    void readsWhenRotationsMayBegin() {
        directory.file("policies/app.yaml", Samples.POLICY + """
                windows:
                  - {days: [sat, mon], from: "22:00", to: "04:30", zone: Europe/Berlin}
                  - {from: 00:15, to: 24:00}
                blackouts:
                  - {from: 2026-12-24, to: 2026-12-26, zone: Europe/Berlin, reason: Christmas}
                  - {from: 2027-01-01T18:00, to: 2027-01-01T19:30}
                jitter: PT2H
                maximum-age: P90D
                """);

        Timing timing = policy("app-password").timing();
        assertThat(timing.windows())
                .containsExactly(
                        new Window(
                                Set.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY),
                                LocalTime.of(22, 0),
                                LocalTime.of(4, 30),
                                ZoneId.of("Europe/Berlin")),
                        new Window(
                                EnumSet.allOf(DayOfWeek.class),
                                LocalTime.of(0, 15),
                                LocalTime.MIDNIGHT,
                                ZoneOffset.UTC));
        assertThat(timing.blackouts().all())
                .extracting(
                        blackout -> blackout.span().from().toString(),
                        blackout -> blackout.span().to().toString())
                .containsExactly(
                        tuple("2026-12-23T23:00:00Z", "2026-12-26T23:00:00Z"),
                        tuple("2027-01-01T18:00:00Z", "2027-01-01T19:30:00Z"));
        assertThat(timing.jitter()).isEqualTo(Duration.ofHours(2));
        assertThat(timing.maximumAge()).contains(Duration.ofDays(90));
        assertThat(policy("weekly-pair").timing()).isEqualTo(Timing.ANY);
    }

    @Test
    void aBlackoutLongerThanTheMaximumAgeIsNoReasonToRefuseTheConfiguration() {
        directory.file("policies/app.yaml", Samples.POLICY + """
                blackouts: [{from: 2026-12-01, to: 2027-01-31}]
                maximum-age: P31D
                """);

        assertThat(policy("app-password").timing().maximumAge()).isPresent();
    }

    @Test
    void readsHowLongThePreviousVersionIsKeptInAnyCase() {
        directory.file("policies/app.yaml", Samples.POLICY.replace("at-most: P1D", "at-least: PT6H, at-most: P1D"));

        assertThat(policy("app-password").grace())
                .isEqualTo(
                        new Policy.Grace(Duration.ofHours(6), Duration.ofDays(1), Policy.Laggards.WAIT_AND_ESCALATE));
    }

    @Test
    void readsHowANewSecretIsProven() {
        directory.file("policies/app.yaml", Samples.POLICY + "verify: {depth: login, times: 2, patience: PT1H}\n");

        assertThat(policy("app-password").verification())
                .isEqualTo(new Policy.Verification(Policy.Depth.LOGIN, 2, Duration.ofHours(1)));
        assertThat(policy("weekly-pair").verification()).isEqualTo(Policy.Verification.STANDARD);
    }

    @Test
    void readsHowALifeBeginsAndEnds() {
        directory.file("policies/app.yaml", Samples.POLICY + """
                issuance:
                  grants:
                    member-of: [orders_readers]
                    access:
                      - {database: orders, schema: Sales, tables: [select, insert], future-tables-of: orders_owner}
                      - {database: reports}
                  environments: [dev, test]
                  expires: {at-most: P30D}
                  handover: none
                decommission: {quarantine: PT12H, approval: always, heir: orders_owner}
                """);

        assertThat(policy("app-password").issuance())
                .contains(new Policy.Issuance(
                        new Grants(
                                List.of("orders_readers"),
                                List.of(
                                        new Grants.Access(
                                                "orders",
                                                Optional.of("Sales"),
                                                List.of(Grants.TableRight.SELECT, Grants.TableRight.INSERT),
                                                Optional.of("orders_owner")),
                                        new Grants.Access("reports", Optional.empty(), List.of(), Optional.empty()))),
                        Set.of("dev", "test"),
                        Optional.of(Duration.ofDays(30)),
                        false));
        assertThat(policy("app-password").decommission())
                .isEqualTo(
                        new Policy.Decommission(Duration.ofHours(12), Policy.Asks.ALWAYS, Optional.of("orders_owner")));
    }

    @Test
    void allowsNoIssuanceAndKeepsAWeekOfQuarantineWhenAPolicySaysNothing() {
        assertThat(policy("weekly-pair").issuance()).isEmpty();
        assertThat(policy("weekly-pair").decommission()).isEqualTo(Policy.Decommission.STANDARD);
        directory.file("policies/app.yaml", Samples.POLICY + "issuance: {}\n");
        assertThat(policy("app-password").issuance())
                .contains(new Policy.Issuance(Grants.NONE, Set.of(), Optional.empty(), true));
    }

    @Test
    void readsTheProcessThatAPolicyPins() {
        directory.file("policies/app.yaml", Samples.POLICY + "process: rotation@1.2-beta\n");
        assertThat(policy("app-password").process())
                .contains(new ProcessPin("rotation", Optional.of("1.2-beta")))
                .map(ProcessPin::toString)
                .contains("rotation@1.2-beta");

        directory.file("policies/app.yaml", Samples.POLICY + "process: my-rotation\n");
        assertThat(policy("app-password").process()).contains(new ProcessPin("my-rotation", Optional.empty()));
    }

    @Test
    void readsOnDemandAsNoSchedule() {
        directory.file("policies/app.yaml", Samples.POLICY.replace("{every: P30D}", "on-demand"));

        assertThat(policy("app-password").schedule()).isEqualTo(new Schedule.OnDemand());
    }

    @Test
    void replacesTheUsualSymbolsByTheNamedOnes() {
        directory.file(
                "policies/app.yaml",
                Samples.POLICY
                        .replace("[lower, upper, digit]", "[symbol, digit]")
                        .replace("length: 32", "length: 64"));

        assertThat(policy("app-password").secret())
                .isEqualTo(new SecretRules.Password(
                        64, "23456789-._", Set.of(CharacterClass.SYMBOL, CharacterClass.DIGIT), 128));
    }

    @Test
    void keepsSettingsAsTheyAreWritten() {
        directory.file("targets/db.yaml", Samples.TARGET + "  pin: 007\n  ratio: 1.50\n  word: on\n");

        assertThat(directory.load().targets().values())
                .singleElement()
                .extracting(Endpoint::settings, MAP)
                .isEqualTo(Map.of(
                        "host", "db.example.com",
                        "port", "5432",
                        "verbose", "true",
                        "password", "${env:PG_ADMIN_PASSWORD}",
                        "pin", "007",
                        "ratio", "1.50",
                        "word", "on"));
    }

    @Test
    void readsEveryFieldOfACredential() {
        Snapshot snapshot = directory.load();

        assertThat(snapshot.credentials().get(CredentialName.of("prod/shop/postgres/orders-app")))
                .isEqualTo(new Credential(
                        CredentialName.of("prod/shop/postgres/orders-app"),
                        "shop-team",
                        "database-user",
                        "orders-db",
                        "main",
                        List.of("second"),
                        List.of("orders_app"),
                        Map.of("database", "orders", "probe", "select 1"),
                        policy("app-password"),
                        List.of(Consumer.named("orders"), Consumer.named("billing")),
                        Map.of("tier", "gold"),
                        Optional.of("${env:ORDERS_PASSWORD}")));
    }

    @Test
    void readsAListOfCredentialsWithWhatTheyHaveInCommon() {
        directory.file("credentials/more.yaml", """
                kind: Credential
                defaults:
                  owner: shop-team
                  class: database-user
                  target: orders-db
                  store: main
                  policy: app-password
                  settings: {database: shop}
                  labels: {tier: gold}
                credentials:
                  - {name: prod/shop/postgres/a, principal: a}
                  - {name: prod/shop/postgres/b, principals: [b1, b2], policy: weekly-pair, settings: {probe: select 2}, labels: {tier: iron}}
                """);

        Snapshot snapshot = directory.load();

        Credential a = credential(snapshot, "prod/shop/postgres/a");
        Credential b = credential(snapshot, "prod/shop/postgres/b");
        assertThat(a.settings()).isEqualTo(Map.of("database", "shop"));
        assertThat(a.policy().name()).isEqualTo("app-password");
        assertThat(b.settings()).isEqualTo(Map.of("database", "shop", "probe", "select 2"));
        assertThat(b.labels()).isEqualTo(Map.of("tier", "iron"));
        assertThat(b.principals()).containsExactly("b1", "b2");
        assertThat(b.policy().name()).isEqualTo("weekly-pair");
    }

    @Test
    void namesTheItemOfAListInWhichAFieldIsMissing() {
        directory.file("credentials/more.yaml", """
                kind: Credential
                credentials:
                  - name: prod/shop/postgres/a
                    principal: a
                    owner: shop-team
                    class: database-user
                    target: orders-db
                    store: main
                """);

        ConfigurationError error = directory.error();

        assertThat(error.line()).isEqualTo(3);
        assertThat(error.field()).isEqualTo("credentials[0].policy");
        assertThat(error.problem()).isEqualTo("is missing");
    }

    @Test
    void reportsAMistakeInTheDefaultsOnceAndWhereItStands() {
        directory.file("credentials/more.yaml", """
                kind: Credential
                defaults: {owner: shop-team, class: database-user, target: nowhere, store: main, policy: app-password}
                credentials:
                  - {name: prod/shop/postgres/a, principal: a}
                  - {name: prod/shop/postgres/b, principal: b}
                """);

        ConfigurationError error = directory.error();

        assertThat(error.line()).isEqualTo(2);
        assertThat(error.field()).isEqualTo("defaults.target");
        assertThat(error.toString()).contains("there is no target 'nowhere'", "known: orders-db");
    }

    @Test
    void readsFilesAtTheTopAndBelowTheFourFoldersButNotSchemasExamplesOrHiddenOnes() {
        directory
                .file("extra.yml", Samples.POLICY.replace("app-password", "extra"))
                .file("policies/deep/er/deep.yaml", Samples.POLICY.replace("app-password", "deep"))
                .file("schemas/x.yaml", "kind: Nonsense")
                .file("examples/x.yaml", "kind: Nonsense")
                .file("policies/..data/x.yaml", "kind: Nonsense")
                .file("policies/.hidden.yaml", "kind: Nonsense")
                .file("policies/notes.txt", "kind: Nonsense");

        assertThat(directory.load().policies()).containsOnlyKeys("app-password", "weekly-pair", "extra", "deep");
    }

    @Test
    void ignoresEmptyDocumentsAndFilesWithCommentsOnly() {
        directory
                .file("policies/empty.yaml", "")
                .file("policies/comments.yaml", "# nothing yet\n")
                .file("policies/gaps.yaml", "---\n---\n" + Samples.POLICY.replace("app-password", "gaps") + "---\n");

        assertThat(directory.load().policies()).containsKey("gaps");
    }

    @Test
    void collectsEverythingThatIsWrongInAllFilesBeforeItRefuses() {
        directory
                .file("policies/app.yaml", Samples.POLICY.replace("P30D", "PT").replace("attempts: 4", "attempts: 99"))
                .file("targets/db.yaml", Samples.TARGET.replace("kind: Target", "kind: Targett"))
                .file(
                        "stores/stores.yaml",
                        Samples.STORE.replace("type: inert\nsettings", "type: unheard-of\nsettings"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::field)
                .contains("rotate.every", "retries.attempts", "kind", "type");
    }

    @Test
    void saysInOneLineThatTheDirectoryIsNotThere() {
        ConfigurationErrors refusal = refusal(root.resolve("nowhere").toString());

        assertThat(refusal.errors()).hasSize(1);
        assertThat(refusal.errors().get(0).toString())
                .contains("nowhere: there is no such directory", "LOCKSTEP_CONFIG_DIR")
                .doesNotContain("\n");
    }

    @Test
    void saysInOneLineThatTheDirectoryIsEmptyOrNotSet() {
        assertThat(refusal(new ConfigDir(root.resolve("void"))
                        .file("readme.txt", "")
                        .root()
                        .toString()))
                .satisfies(refusal -> assertThat(refusal.errors().toString()).contains("holds no configuration file"));
        assertThat(refusal(" "))
                .satisfies(
                        refusal -> assertThat(refusal.errors().toString()).contains("lockstep.config-dir: is not set"));
    }

    private Policy policy(String name) {
        return Objects.requireNonNull(directory.load().policies().get(name));
    }

    private static Credential credential(Snapshot snapshot, String name) {
        return Objects.requireNonNull(snapshot.credentials().get(CredentialName.of(name)));
    }

    private static ConfigurationErrors refusal(String directory) {
        ConfigurationErrors refusal = catchThrowableOfType(
                ConfigurationErrors.class,
                () -> new ConfigurationLoader(
                                ConfigDir.TARGETS,
                                ConfigDir.STORES,
                                ConfigDir.CHANNELS,
                                ConfigDir.SOURCES,
                                Duration.ofMinutes(1))
                        .load(directory, ConfigDir.NOW));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
