package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.FaultyProxy.Mode;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinRoleTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Fixture FIXTURE = Fixture.on(SERVER);
    private static final String DATABASE = SERVER.createDatabase("shop");

    private final Target target = FIXTURE.target();
    private final SecretValue secret = SecretValue.of("canary-twin");
    private Account original;
    private Account twin;

    @BeforeEach
    void createOriginal() {
        String role = SERVER.unique("app");
        original = FIXTURE.role(role, SecretValue.of("canary-original"));
        SERVER.execute(DATABASE, "CREATE SCHEMA " + role + " AUTHORIZATION " + role);
        SERVER.execute("postgres", "ALTER ROLE " + role + " IN DATABASE " + DATABASE + " SET search_path = " + role);
        twin = FIXTURE.twin(SERVER.unique("twin"), original);
    }

    private void alterOriginal(String change) {
        SERVER.execute("postgres", "ALTER ROLE " + original.principal() + ' ' + change);
    }

    private String asTwin(String sql) throws SQLException {
        try (Connection connection = FIXTURE.connect(DATABASE, twin, secret)) {
            return Fixture.value(connection, sql);
        }
    }

    private boolean twinExists() {
        return !FIXTURE.value("postgres", "SELECT 1 FROM pg_roles WHERE rolname = '" + twin.principal() + "'")
                .equals("no row");
    }

    @Test
    void reads_and_writes_what_the_original_owns() throws SQLException {
        try (Connection connection = FIXTURE.connect(DATABASE, original, SecretValue.of("canary-original"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id int)");
            statement.execute("INSERT INTO orders VALUES (1)");
        }

        target.apply(twin, secret);

        assertThat(asTwin("INSERT INTO orders VALUES (2) RETURNING id")).isEqualTo("2");
        assertThat(asTwin("SELECT count(*) FROM orders")).isEqualTo("2");
    }

    @Test
    void what_it_creates_belongs_to_the_original() throws SQLException {
        target.apply(twin, secret);

        try (Connection connection = FIXTURE.connect(DATABASE, twin, secret);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE invoices (id int)");
        }

        assertThat(FIXTURE.value(
                        DATABASE,
                        "SELECT tableowner FROM pg_tables WHERE tablename = 'invoices'" + " AND schemaname = '"
                                + original.principal() + "'"))
                .isEqualTo(original.principal());
    }

    @Test
    void rights_given_to_the_original_later_are_the_twins_too() throws SQLException {
        target.apply(twin, secret);

        SERVER.execute(
                DATABASE,
                "CREATE TABLE later" + original.principal() + " (id int)",
                "GRANT SELECT ON later" + original.principal() + " TO " + original.principal());

        assertThat(asTwin("SELECT count(*) FROM public.later" + original.principal()))
                .isEqualTo("0");
    }

    @Test
    void goes_on_when_the_original_is_retired_and_hands_back() throws SQLException {
        target.apply(twin, secret);
        target.retire(original);
        assertThat(asTwin("SELECT current_user")).isEqualTo(original.principal());

        SecretValue next = SecretValue.of("canary-next");
        target.apply(FIXTURE.twin(original.principal(), twin), next);
        target.retire(twin);

        assertThat(target.verify(original, next)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target.verifyDead(twin, secret)).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void has_the_attributes_of_the_original_as_far_as_the_administrator_may_give_them() {
        alterOriginal("NOINHERIT CREATEDB CREATEROLE BYPASSRLS CONNECTION LIMIT 7 VALID UNTIL '2099-01-01'");

        target.apply(twin, secret);

        assertThat(attributes(twin)).isEqualTo("f,t,f,f,7,2099-01-01");
        SERVER.execute("postgres", "ALTER ROLE " + FIXTURE.admin + " CREATEDB BYPASSRLS");
        Account second = FIXTURE.twin(SERVER.unique("twin"), original);
        target.apply(second, secret);
        SERVER.execute("postgres", "ALTER ROLE " + FIXTURE.admin + " NOCREATEDB NOBYPASSRLS");
        assertThat(attributes(second)).isEqualTo("f,t,t,t,7,2099-01-01");
    }

    private static String attributes(Account account) {
        return FIXTURE.value(
                "postgres",
                "SELECT concat_ws(',', rolinherit, rolcreaterole, rolcreatedb, rolbypassrls, rolconnlimit,"
                        + " rolvaliduntil::date) FROM pg_roles WHERE rolname = '" + account.principal() + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "search_path = ''",
                "search_path = \"$user\", public, \"Odd, \"\"name\"\"\"",
                "temp_tablespaces = ''",
                "work_mem = '7MB'",
                "DateStyle = 'ISO, DMY'",
                "timezone = 'Europe/Berlin'",
                "shop.tenant = 'it''s \"a\\b\" = c'"
            })
    void has_the_settings_of_the_original(String setting) {
        alterOriginal("SET " + setting);
        SERVER.execute("postgres", "GRANT SET ON PARAMETER \"shop\".\"tenant\" TO " + FIXTURE.admin);

        target.apply(twin, secret);

        assertThat(settings(twin, "setdatabase = 0"))
                .isEqualTo(settings(original, "setdatabase = 0") + "|role=" + original.principal());
        assertThat(settings(twin, "setdatabase <> 0"))
                .isEqualTo(settings(original, "setdatabase <> 0"))
                .isEqualTo("search_path=" + original.principal());
    }

    private static String settings(Account account, String where) {
        return FIXTURE.value(
                "postgres",
                "SELECT string_agg(entry, '|' ORDER BY entry LIKE 'role=%') FROM pg_db_role_setting, unnest(setconfig) AS entry"
                        + " WHERE " + where + " AND setrole = '" + account.principal() + "'::regrole");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISCARD ALL", "RESET ALL", "RESET ROLE", "RESET SESSION AUTHORIZATION"})
    void still_works_as_the_original_after_a_pool_has_reset_the_session(String reset) throws SQLException {
        target.apply(twin, secret);

        try (Connection connection = FIXTURE.connect(DATABASE, twin, secret);
                Statement statement = connection.createStatement()) {
            statement.execute(reset);
            assertThat(Fixture.value(connection, "SELECT current_user")).isEqualTo(original.principal());
        }
    }

    @Test
    void works_as_the_role_that_the_original_works_as() throws SQLException {
        String owner = SERVER.unique("owner");
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + owner,
                "GRANT " + owner + " TO " + original.principal(),
                "ALTER ROLE " + original.principal() + " SET role = " + owner);

        target.apply(twin, secret);

        assertThat(asTwin("SELECT current_user")).isEqualTo(owner);
    }

    @Test
    void an_interrupted_creation_leaves_nothing_and_may_be_repeated() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.to(FIXTURE.address())) {
            Target shaky = new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED)
                    .open(FIXTURE.endpoint(proxy.address(), Map.of("sslmode", "disable")));
            for (String point : new String[] {"CREATE ROLE", "GRANT", "SET \"role\"", "COMMIT"}) {
                proxy.mode(Mode.BLACK_HOLE, point);
                assertThatThrownBy(() -> shaky.apply(twin, secret))
                        .as(point)
                        .extracting(e -> ((LockstepException) e).code())
                        .isEqualTo(FailureCode.TARGET_UNREACHABLE);
                assertThat(twinExists()).as(point).isFalse();
                proxy.mode(Mode.PASS);
            }
            proxy.mode(Mode.SWALLOW_ANSWERS, "COMMIT");
            assertThatThrownBy(() -> shaky.apply(twin, secret))
                    .extracting(e -> ((LockstepException) e).code())
                    .isEqualTo(FailureCode.TARGET_UNREACHABLE);
            assertThat(target.verify(twin, secret)).as("the unknown outcome").isEqualTo(LoginResult.ACCEPTED);

            target.apply(twin, secret);

            assertThat(target.verify(twin, secret)).isEqualTo(LoginResult.ACCEPTED);
        }
    }

    @Test
    void without_right_over_the_original_nothing_is_created_and_the_fix_is_named() {
        Account foreign = FIXTURE.unmanagedRole(SERVER.unique("foreign"), secret);
        twin = FIXTURE.twin(SERVER.unique("twin"), foreign);

        assertThatThrownBy(() -> target.apply(twin, secret))
                .hasMessageContaining(
                        "GRANT \"" + foreign.principal() + "\" TO \"" + FIXTURE.admin + "\" WITH ADMIN OPTION;")
                .extracting(e -> ((LockstepException) e).code())
                .isEqualTo(FailureCode.TARGET_PERMISSION_DENIED);
        assertThat(twinExists()).isFalse();
    }

    @Test
    void a_setting_that_the_administrator_may_not_give_is_named_with_the_fix() {
        alterOriginal("SET log_statement = 'ddl'");

        assertThatThrownBy(() -> target.apply(twin, secret))
                .hasMessageContaining("GRANT SET ON PARAMETER \"log_statement\" TO \"" + FIXTURE.admin + "\";");
        assertThat(twinExists()).isFalse();

        SERVER.execute("postgres", "GRANT SET ON PARAMETER \"log_statement\" TO " + FIXTURE.admin);
        target.apply(twin, secret);
        assertThat(target.verify(twin, secret)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_superuser_gets_no_twin() {
        alterOriginal("SUPERUSER");

        assertThatThrownBy(() -> target.apply(twin, secret))
                .hasMessageContaining("superuser")
                .extracting(e -> ((LockstepException) e).code())
                .isEqualTo(FailureCode.MISCONFIGURED);
        assertThat(twinExists()).isFalse();
    }

    @Test
    void when_neither_role_exists_the_original_is_named_as_missing() {
        Account missing = FIXTURE.account(SERVER.unique("missing"));

        assertThatThrownBy(() -> target.apply(FIXTURE.twin(SERVER.unique("twin"), missing), secret))
                .hasMessageContaining(missing.principal())
                .extracting(e -> ((LockstepException) e).code())
                .isEqualTo(FailureCode.PRINCIPAL_MISSING);
    }
}
