package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.port.TargetContract;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.PostgresServer;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, and what only PostgreSQL has, with an administrator who is no superuser. */
class PostgresqlTargetTest extends TargetContract {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Fixture FIXTURE = Fixture.on(SERVER);

    @Override
    protected TargetAdapter adapter() {
        return new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED);
    }

    @Override
    protected InetSocketAddress server() {
        return FIXTURE.address();
    }

    @Override
    protected Endpoint endpoint(InetSocketAddress address) {
        return FIXTURE.endpoint(address);
    }

    @Override
    protected Endpoint withWrongAdminPassword(Endpoint endpoint) {
        return FIXTURE.endpoint(FIXTURE.address(), Map.of("password", "wrong"));
    }

    @Override
    protected Account newAccount(SecretValue initial) {
        return FIXTURE.role(SERVER.unique("app"), initial);
    }

    @Override
    protected Account missingAccount() {
        return FIXTURE.account(SERVER.unique("missing"));
    }

    @Override
    protected Account twinOf(Account first) {
        return FIXTURE.twin(SERVER.unique("twin"), first);
    }

    @Override
    protected Account withFailingProbe(Account account) {
        return FIXTURE.account(account.principal(), Map.of("probe", "SELECT rolpassword FROM pg_authid"));
    }

    @Override
    protected boolean logsIn(Account account, SecretValue secret) {
        return FIXTURE.logsIn(account, secret);
    }

    @Test
    void the_server_keeps_the_verifier_that_was_computed_here() {
        Account account = newAccount(secret());
        String before = storedPassword(account);

        target().apply(account, secret());

        assertThat(storedPassword(account))
                .isNotEqualTo(before)
                .matches("SCRAM-SHA-256\\$4096:[A-Za-z0-9+/]{22}==\\$[A-Za-z0-9+/]{43}=:[A-Za-z0-9+/]{43}=");
    }

    @Test
    void a_repeated_apply_takes_a_fresh_salt() {
        SecretValue secret = secret();
        Account account = newAccount(secret());

        target().apply(account, secret);
        String first = storedPassword(account);
        target().apply(account, secret);

        assertThat(storedPassword(account)).isNotEqualTo(first);
    }

    @Test
    void retire_forgets_the_password_and_disable_keeps_it() {
        SecretValue initial = secret();
        Account retired = newAccount(initial);
        Account disabled = newAccount(initial);
        String kept = storedPassword(disabled);

        target().retire(retired);
        FIXTURE.switching().disable(disabled);

        assertThat(storedPassword(retired)).isEqualTo("null");
        assertThat(storedPassword(disabled)).isEqualTo(kept);
    }

    @Test
    void disable_ends_live_sessions_and_retire_does_not() throws SQLException {
        SecretValue initial = secret();
        Account disabled = newAccount(initial);
        Account retired = newAccount(initial);
        try (Connection ended = FIXTURE.connect("postgres", disabled, initial);
                Connection spared = FIXTURE.connect("postgres", retired, initial)) {

            FIXTURE.switching().disable(disabled);
            target().retire(retired);

            assertThat(ended.isValid(5)).isFalse();
            assertThat(spared.isValid(5)).isTrue();
        }
    }

    @Test
    void what_is_missing_already_need_not_be_retired_or_disabled() {
        Account missing = missingAccount();

        target().retire(missing);
        FIXTURE.switching().disable(missing);

        assertThat(target().verifyDead(missing, secret())).isEqualTo(LoginResult.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app\"; DROP ROLE victim;--",
                "app'; DROP ROLE victim;--",
                "app\\'",
                "Über App",
                "app\nnew line",
                "$1 ? :name {fn x}",
                "*)(uid=*",
                "`rm -rf /` $(id) %s %n"
            })
    void a_hostile_name_is_only_a_name(String base) {
        String role = base + SERVER.unique("");
        SecretValue initial = secret();
        SecretValue fresh = secret();
        Account account = FIXTURE.role(role, initial);
        Account twin = FIXTURE.twin(role + '"', account);

        target().apply(account, fresh);
        assertThat(target().verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
        target().apply(twin, fresh);
        assertThat(target().verify(twin, fresh)).isEqualTo(LoginResult.ACCEPTED);
        FIXTURE.switching().disable(twin);
        target().retire(account);
        assertThat(target().verifyDead(account, fresh)).isEqualTo(LoginResult.REFUSED);
        assertThat(target().verifyDead(twin, fresh)).isEqualTo(LoginResult.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a b", "'", "\"", "\\", "$4096:x$y:z", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"})
    void every_printable_character_may_be_in_a_secret(String text) {
        SecretValue secret = SecretValue.of(text);
        Account account = newAccount(secret());

        target().apply(account, secret);

        assertThat(target().verify(account, secret)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(logsIn(account, secret)).isTrue();
    }

    @Test
    void a_secret_that_others_set_may_have_any_characters() {
        SecretValue adopted = SecretValue.of("pässwörd ✓ x");
        Account account = newAccount(adopted);

        assertThat(target().verify(account, adopted)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target().verify(account, SecretValue.of("passwörd ✓ x"))).isEqualTo(LoginResult.REFUSED);
    }

    private static String storedPassword(Account account) {
        return FIXTURE.value(
                "postgres",
                "SELECT rolpassword FROM pg_authid WHERE rolname = " + Quoting.literal(account.principal()));
    }
}
