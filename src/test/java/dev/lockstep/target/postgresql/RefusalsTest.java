package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecretReferences;
import dev.lockstep.port.Target;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.FaultyProxy.Mode;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the target says when PostgreSQL says no, asked of a real server. */
class RefusalsTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Fixture FIXTURE = Fixture.on(SERVER);

    private final Target target = FIXTURE.target();
    private final SecretValue initial = SecretValue.of("canary-initial");
    private final SecretValue fresh = SecretValue.of("canary-fresh");
    private final Account account = FIXTURE.role(SERVER.unique("app"), initial);

    private static AbstractThrowableAssert<?, ?> assertFails(FailureCode code, ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(LockstepException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.getCause()).isNull();
            assertThat(e.getMessage()).doesNotContain("canary-").doesNotContain("SCRAM-SHA-256$");
        });
    }

    @Test
    void a_missing_admin_option_is_named_with_the_exact_fix() {
        Account foreign = FIXTURE.unmanagedRole(SERVER.unique("Foreign \"role"), initial);
        String fix =
                "GRANT " + Quoting.identifier(foreign.principal()) + " TO \"" + FIXTURE.admin + "\" WITH ADMIN OPTION;";

        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> target.apply(foreign, fresh),
            () -> target.restore(foreign, fresh),
            () -> target.retire(foreign),
            () -> FIXTURE.switching().disable(foreign),
            () -> FIXTURE.switching().enable(foreign)
        }) {
            assertFails(FailureCode.TARGET_PERMISSION_DENIED, call)
                    .isInstanceOf(PermanentException.class)
                    .hasMessageContaining(fix)
                    .hasMessageNotContaining("CREATEROLE");
        }
        assertThat(FIXTURE.logsIn(foreign, initial)).isTrue();

        SERVER.execute("postgres", fix);
        target.apply(foreign, fresh);
        assertThat(target.verify(foreign, fresh)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_missing_createrole_is_named_with_the_fix() {
        Fixture weak = Fixture.on(SERVER);
        SERVER.execute("postgres", "ALTER ROLE " + weak.admin + " NOCREATEROLE");

        assertFails(FailureCode.TARGET_PERMISSION_DENIED, () -> weak.target().apply(account, fresh))
                .hasMessageContaining("ALTER ROLE \"" + weak.admin + "\" CREATEROLE; GRANT \"" + account.principal()
                        + "\" TO \"" + weak.admin + "\" WITH ADMIN OPTION;");
    }

    @Test
    void a_superuser_among_the_accounts_is_named() {
        SERVER.execute("postgres", "ALTER ROLE " + account.principal() + " SUPERUSER");

        assertFails(FailureCode.TARGET_PERMISSION_DENIED, () -> target.apply(account, fresh))
                .hasMessageContaining("ALTER ROLE \"" + account.principal() + "\" NOSUPERUSER;");
    }

    @Test
    void sessions_that_may_not_be_ended_are_reported_after_logins_are_refused() throws SQLException {
        Fixture weak = Fixture.on(SERVER);
        SERVER.execute("postgres", "REVOKE pg_signal_backend FROM " + weak.admin);
        Account own = weak.role(SERVER.unique("app"), initial);
        try (Connection live = weak.connect("postgres", own, initial)) {

            assertFails(
                            FailureCode.TARGET_PERMISSION_DENIED,
                            () -> weak.switching().disable(own))
                    .hasMessageContaining("GRANT pg_signal_backend TO \"" + weak.admin + "\";")
                    .hasMessageContaining("new logins are refused already");

            assertThat(live.isValid(5)).isTrue();
            assertThat(weak.logsIn(own, initial)).isFalse();
        }
        weak.switching().disable(own);
    }

    @Test
    void the_administrator_does_not_change_its_own_role() {
        Account self = FIXTURE.account(FIXTURE.admin);

        assertFails(FailureCode.MISCONFIGURED, () -> target.apply(self, fresh));
        assertFails(FailureCode.MISCONFIGURED, () -> target.retire(self));
        assertFails(FailureCode.MISCONFIGURED, () -> FIXTURE.switching().disable(self));
        assertThat(target.health().up()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "app\0x", "a-name-that-is-longer-than-the-sixty-three-bytes-that-fit-in-a-name!"})
    void a_name_that_the_server_would_cut_or_misread_is_refused(String name) {
        Account impossible = FIXTURE.account(name);

        assertFails(FailureCode.MISCONFIGURED, () -> target.apply(impossible, fresh));
        assertFails(FailureCode.MISCONFIGURED, () -> target.verify(impossible, fresh));
        assertFails(FailureCode.MISCONFIGURED, () -> target.retire(impossible));
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary-ä", "canary-\n", "canary-\0", "canary-\u007f", "\uD83D\uDD11-canary-"})
    void a_secret_beyond_printable_ascii_is_refused_before_the_server_hears_of_it(String text) {
        assertFails(FailureCode.SECRET_REFUSED, () -> target.apply(account, SecretValue.of(text)))
                .isInstanceOf(RetryableException.class);
        assertThat(FIXTURE.logsIn(account, initial)).isTrue();
    }

    @Test
    void a_secret_against_the_servers_password_rules_is_refused() {
        Fixture strict = Fixture.on(SERVER);
        SERVER.execute("postgres", "ALTER ROLE " + strict.admin + " SET session_preload_libraries = passwordcheck");
        Account own = strict.role(SERVER.unique("app"), initial);

        assertFails(
                        FailureCode.SECRET_REFUSED,
                        () -> strict.target().apply(FIXTURE.account(own.principal()), SecretValue.of(own.principal())))
                .isInstanceOf(RetryableException.class);
    }

    @Test
    void a_database_without_connect_right_is_a_failed_probe_and_a_live_secret() {
        String closed = SERVER.createDatabase("closed");
        SERVER.execute("postgres", "REVOKE CONNECT ON DATABASE " + closed + " FROM PUBLIC");
        Account shutOut = FIXTURE.account(account.principal(), Map.of("database", closed));

        assertThat(target.verify(shutOut, initial)).isEqualTo(LoginResult.PROBE_FAILED);
        assertThat(target.verifyDead(shutOut, initial)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target.verifyDead(shutOut, fresh)).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void a_missing_database_is_a_mistake_in_the_configuration() {
        Account lost = FIXTURE.account(account.principal(), Map.of("database", "no_such_database"));

        assertFails(FailureCode.MISCONFIGURED, () -> target.verify(lost, initial))
                .hasMessageContaining("no_such_database");
        assertFails(FailureCode.MISCONFIGURED, () -> target.verifyDead(lost, initial));
        assertFails(
                FailureCode.MISCONFIGURED,
                () -> FIXTURE.target(Map.of("database", "no_such_database")).apply(account, fresh));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; COMMIT", "", ";", "SELECT ';'"})
    void a_probe_is_one_statement(String probe) {
        assertFails(
                FailureCode.MISCONFIGURED,
                () -> target.verify(FIXTURE.account(account.principal(), Map.of("probe", probe)), initial));
    }

    @Test
    void a_misspelt_setting_of_the_account_is_refused() {
        assertFails(
                        FailureCode.MISCONFIGURED,
                        () -> target.verify(FIXTURE.account(account.principal(), Map.of("prob", "SELECT 1")), initial))
                .hasMessageContaining("prob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE made (id int)",
                "SELECT has_database_privilege('postgres', 'CREATE')",
                "SELECT * FROM no_such_table",
                "SELEKT"
            })
    void a_probe_that_fails_or_changes_something_or_answers_false_is_not_passed(String probe) {
        assertThat(target.verify(FIXTURE.account(account.principal(), Map.of("probe", probe)), initial))
                .isEqualTo(LoginResult.PROBE_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "SELECT NULL",
                "SELECT 1 WHERE false",
                "SHOW work_mem",
                "COMMIT",
                "SELECT '{\"a\": 1}'::jsonb ? 'a' -- really?",
                "SELECT has_database_privilege('postgres', 'CONNECT')"
            })
    void a_probe_that_succeeds_is_passed(String probe) {
        assertThat(target.verify(FIXTURE.account(account.principal(), Map.of("probe", probe)), initial))
                .isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_probe_that_takes_too_long_is_tried_again_later() {
        Account slow = FIXTURE.account(account.principal(), Map.of("probe", "SELECT pg_sleep(60)"));

        long start = System.nanoTime();
        assertFails(FailureCode.TARGET_BUSY, () -> target.verify(slow, initial));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(target.timeout());
    }

    @Test
    void too_many_connections_are_tried_again_later() throws SQLException {
        SERVER.execute("postgres", "ALTER ROLE " + account.principal() + " CONNECTION LIMIT 1");
        try (Connection only = FIXTURE.connect("postgres", account, initial)) {
            assertFails(FailureCode.TARGET_BUSY, () -> target.verify(account, initial));
            assertFails(FailureCode.TARGET_BUSY, () -> target.verifyDead(account, initial));
            assertThat(only.isValid(1)).isTrue();
        }
    }

    @Test
    void a_role_that_somebody_else_is_changing_is_tried_again_later() throws SQLException {
        try (Connection other = SERVER.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("ALTER ROLE " + account.principal() + " CONNECTION LIMIT 5");

            assertFails(FailureCode.TARGET_BUSY, () -> target.apply(account, fresh));

            other.rollback();
        }
        target.apply(account, fresh);
    }

    @Test
    void a_role_that_somebody_else_has_just_changed_is_tried_again_later() throws Exception {
        try (Connection other = SERVER.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("ALTER ROLE " + account.principal() + " CONNECTION LIMIT 5");
            CompletableFuture<Throwable> outcome = CompletableFuture.runAsync(() -> target.apply(account, fresh))
                    .handle((done, failure) -> failure);
            String waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%"
                    + account.principal() + "%'";
            while (!outcome.isDone() && FIXTURE.value("postgres", waits).equals("no row")) {
                Thread.onSpinWait();
            }

            other.commit();

            assertThat(outcome.get(5, TimeUnit.SECONDS).getCause())
                    .isInstanceOfSatisfying(
                            RetryableException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.TARGET_BUSY));
        }
    }

    @Test
    void an_interrupted_login_is_tried_again_later() {
        Thread.currentThread().interrupt();

        assertFails(FailureCode.TARGET_BUSY, () -> target.verify(account, initial));

        assertThat(Thread.interrupted()).as("the interrupt is passed on").isTrue();
    }

    @Test
    void a_server_that_takes_no_changes_is_tried_again_later() {
        Fixture standby = Fixture.on(SERVER);
        SERVER.execute("postgres", "ALTER ROLE " + standby.admin + " SET default_transaction_read_only = on");

        assertFails(FailureCode.TARGET_BUSY, () -> standby.target().apply(account, fresh))
                .hasMessageContaining("standby");
    }

    @Test
    void an_answer_lost_after_the_change_is_unreachable_although_the_change_was_made() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.to(FIXTURE.address())) {
            Target shaky = new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED)
                    .open(FIXTURE.endpoint(proxy.address(), Map.of("sslmode", "disable")));
            proxy.mode(Mode.SWALLOW_ANSWERS, "ALTER ROLE");

            long start = System.nanoTime();
            assertFails(FailureCode.TARGET_UNREACHABLE, () -> shaky.apply(account, fresh));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(shaky.timeout());
            assertThat(FIXTURE.logsIn(account, fresh)).isTrue();
        }
    }

    @Test
    void a_session_cut_off_by_the_server_is_unreachable() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.to(FIXTURE.address())) {
            Target shaky = new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED)
                    .open(FIXTURE.endpoint(proxy.address(), Map.of("sslmode", "disable")));
            proxy.mode(Mode.RESET, "ALTER ROLE");

            assertFails(FailureCode.TARGET_UNREACHABLE, () -> shaky.apply(account, fresh));

            assertThat(FIXTURE.logsIn(account, initial)).isTrue();
        }
    }

    @Test
    void the_administrators_password_is_looked_up_for_each_call() {
        String[] password = {"wrong"};
        SecretReferences references = reference -> SecretValue.of(password[0]);
        Target opened =
                new PostgresqlTargetAdapter(references, Loopback.ALLOWED).open(FIXTURE.endpoint(FIXTURE.address()));
        assertFails(FailureCode.TARGET_ADMIN_REFUSED, () -> opened.apply(account, fresh));

        password[0] = FIXTURE.endpoint(FIXTURE.address()).settings().get("password");

        opened.apply(account, fresh);
        assertThat(opened.verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void an_unknown_reference_makes_the_target_unhealthy_instead_of_throwing() {
        SecretReferences nothing = reference -> {
            throw new PermanentException(FailureCode.MISCONFIGURED, "${env:X} is not set");
        };
        Target opened =
                new PostgresqlTargetAdapter(nothing, Loopback.ALLOWED).open(FIXTURE.endpoint(FIXTURE.address()));

        assertThat(opened.health().up()).isFalse();
        assertThat(opened.health().detail()).contains("${env:X}");
    }
}
