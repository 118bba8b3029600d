package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Grants.Access;
import dev.lockstep.domain.Grants.TableRight;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.PostgresServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles that are made from a template of grants, and removed without losing anything. */
class MadeRoleTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Fixture FIXTURE = Fixture.on(SERVER);
    private static final String SECRET = "canary-of-a-made-role";

    private final String database = SERVER.createDatabase("shop");
    private final String owner = SERVER.unique("owner");
    private final String group = SERVER.unique("readers");
    private final Account account = FIXTURE.account(SERVER.unique("made"), Map.of("database", database));

    private static Target.Creates making() {
        return (Target.Creates) FIXTURE.target();
    }

    /** The administrator is a member of the owner of the tables, as the documentation asks for. */
    @BeforeEach
    void a_database_with_a_table() {
        SERVER.execute(
                "postgres",
                "CREATE ROLE " + owner,
                "CREATE ROLE " + group,
                "GRANT " + owner + " TO " + FIXTURE.admin,
                "GRANT " + group + " TO " + FIXTURE.admin + " WITH ADMIN OPTION",
                "REVOKE CONNECT ON DATABASE " + database + " FROM PUBLIC",
                "ALTER DATABASE " + database + " OWNER TO " + owner);
        SERVER.execute(
                database,
                "CREATE SCHEMA \"Sales\" AUTHORIZATION " + owner,
                "SET ROLE " + owner,
                "CREATE TABLE \"Sales\".orders (id serial, item text)",
                "INSERT INTO \"Sales\".orders (item) VALUES ('tea')");
    }

    private Grants template(TableRight... rights) {
        return new Grants(
                List.of(group),
                List.of(new Access(database, Optional.of("Sales"), List.of(rights), Optional.of(owner))));
    }

    private Account probing(String probe) {
        return FIXTURE.account(account.principal(), Map.of("database", database, "probe", probe));
    }

    private LoginResult can(String probe) {
        return FIXTURE.target().verify(probing(probe), SecretValue.of(SECRET));
    }

    private void made(TableRight... rights) {
        making().create(account, template(rights));
        FIXTURE.target().apply(account, SecretValue.of(SECRET));
    }

    private void as(String role, String... statements) {
        String[] all = new String[statements.length + 1];
        all[0] = "SET ROLE " + role;
        System.arraycopy(statements, 0, all, 1, statements.length);
        SERVER.execute(database, all);
    }

    @Test
    void a_made_role_has_the_rights_of_its_template_and_no_others() {
        made(TableRight.SELECT);

        assertThat(can("SELECT id FROM \"Sales\".orders")).isEqualTo(LoginResult.ACCEPTED);
        assertThat(can("SELECT has_table_privilege('\"Sales\".orders', 'INSERT')"))
                .isEqualTo(LoginResult.PROBE_FAILED);
        assertThat(can("SELECT pg_has_role('" + group + "', 'USAGE')")).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void who_may_insert_may_draw_numbers() {
        made(TableRight.SELECT, TableRight.INSERT);

        as(account.principal(), "INSERT INTO \"Sales\".orders (item) VALUES ('coffee')");
    }

    @Test
    void tables_of_tomorrow_are_meant_as_well() {
        made(TableRight.SELECT);
        as(owner, "CREATE TABLE \"Sales\".invoices (id int)");

        assertThat(can("SELECT id FROM \"Sales\".invoices")).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void what_a_crash_has_left_out_is_granted_by_the_next_call() {
        making().create(account, Grants.NONE);

        making().create(account, template(TableRight.SELECT));
        FIXTURE.target().apply(account, SecretValue.of(SECRET));

        assertThat(can("SELECT id FROM \"Sales\".orders")).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_role_with_rights_in_several_databases_is_removed_without_a_trace() {
        String other = SERVER.createDatabase("other");
        SERVER.execute("postgres", "ALTER DATABASE " + other + " OWNER TO " + owner);
        making().create(
                        account,
                        new Grants(
                                List.of(),
                                List.of(
                                        template(TableRight.SELECT).access().get(0),
                                        new Access(other, Optional.empty(), List.of(), Optional.empty()))));

        making().remove(account, Optional.empty());

        assertThat(making().presence(account)).isEqualTo(Target.Presence.ABSENT);
        assertThat(FIXTURE.value(database, "SELECT count(*) FROM \"Sales\".orders"))
                .isEqualTo("1");
        assertThat(FIXTURE.value(database, "SELECT relacl::text FROM pg_class WHERE relname = 'orders'"))
                .doesNotContain(account.principal());
    }

    @Test
    void a_role_that_owns_a_table_is_disabled_but_not_removed() {
        made(TableRight.SELECT);
        as(owner, "GRANT CREATE ON SCHEMA \"Sales\" TO " + account.principal());
        as(account.principal(), "CREATE TABLE \"Sales\".mine (id int)");

        PermanentException refusal =
                catchThrowableOfType(PermanentException.class, () -> making().remove(account, Optional.empty()));

        assertThat(refusal.code()).isEqualTo(FailureCode.PRINCIPAL_OWNS_OBJECTS);
        assertThat(refusal).hasMessageContaining("1 object in the database \"" + database + "\"");
        assertThat(FIXTURE.value(database, "SELECT count(*) FROM \"Sales\".mine"))
                .isEqualTo("0");
        assertThat(FIXTURE.target().verifyDead(account, SecretValue.of(SECRET))).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void what_it_owns_goes_to_its_heir() {
        made(TableRight.SELECT);
        as(owner, "GRANT CREATE ON SCHEMA \"Sales\" TO " + account.principal());
        as(account.principal(), "CREATE TABLE \"Sales\".mine (id int)");

        making().remove(account, Optional.of(owner));

        assertThat(making().presence(account)).isEqualTo(Target.Presence.ABSENT);
        assertThat(FIXTURE.value(database, "SELECT tableowner FROM pg_tables WHERE tablename = 'mine'"))
                .isEqualTo(owner);
    }

    @Test
    void a_right_that_the_administrator_cannot_pass_on_is_named_with_the_statement_that_helps() {
        SERVER.execute("postgres", "REVOKE " + owner + " FROM " + FIXTURE.admin);
        assertThat(refusedToMake())
                .hasMessageContaining("GRANT CONNECT ON DATABASE \"" + database + "\" TO \"" + FIXTURE.admin);

        SERVER.execute("postgres", "GRANT CONNECT ON DATABASE " + database + " TO " + FIXTURE.admin);
        assertThat(refusedToMake()).hasMessageContaining("WITH GRANT OPTION");
    }

    private PermanentException refusedToMake() {
        PermanentException refusal = catchThrowableOfType(
                PermanentException.class, () -> making().create(account, template(TableRight.SELECT)));
        assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_PERMISSION_DENIED);
        return refusal;
    }

    @Test
    void a_template_that_names_what_does_not_exist_is_refused_and_leaves_no_role() {
        PermanentException refusal = catchThrowableOfType(
                PermanentException.class,
                () -> making().create(account, new Grants(List.of("nobody\"; DROP ROLE x;--"), List.of())));

        assertThat(refusal.code()).isEqualTo(FailureCode.MISCONFIGURED);
        assertThat(making().presence(account)).isEqualTo(Target.Presence.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"made\"; DROP ROLE victim;--", "made'; --", "made\\'", "Über App", "$1 ? :name {fn x}"})
    void a_hostile_name_is_only_a_name(String base) {
        Account hostile = FIXTURE.account(base + SERVER.unique(""), Map.of("database", database));

        making().create(hostile, template(TableRight.SELECT));
        assertThat(making().presence(hostile)).isEqualTo(Target.Presence.MADE);
        making().remove(hostile, Optional.empty());

        assertThat(making().presence(hostile)).isEqualTo(Target.Presence.ABSENT);
    }

    @Test
    void what_the_server_could_not_keep_is_objected_to_without_asking_it() {
        Account reserved = FIXTURE.account("pg_made", Map.of("databse", "shop"));
        Grants long64 = new Grants(List.of("x".repeat(64)), List.of());

        assertThat(making().objections(account, template(TableRight.SELECT))).isEmpty();
        assertThat(making().objections(reserved, long64))
                .hasSize(3)
                .anySatisfy(objection -> assertThat(objection).contains("reserved"))
                .anySatisfy(objection -> assertThat(objection).contains("databse"))
                .anySatisfy(objection -> assertThat(objection).contains("63 bytes"));
    }
}
