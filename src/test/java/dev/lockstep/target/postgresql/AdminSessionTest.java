package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the administrator stays logged in. */
class AdminSessionTest {

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final Fixture fixture = Fixture.on(SERVER);
    private final Target target = fixture.target();
    private final SecretValue secret = SecretValue.of("canary-new");
    private Account account;

    @BeforeEach
    void createRole() {
        account = fixture.role(SERVER.unique("app"), SecretValue.of("canary-old"));
    }

    private String sessions() {
        return fixture.value(
                "postgres",
                "SELECT coalesce(string_agg(pid::text, ',' ORDER BY pid), '') FROM pg_stat_activity WHERE usename = '"
                        + fixture.admin + "'");
    }

    @Test
    void changes_in_a_row_take_one_login_which_ends_by_itself() {
        target.apply(account, secret);
        String first = sessions();
        target.retire(account);
        target.apply(account, secret);

        assertThat(first).matches("[0-9]+");
        assertThat(sessions()).isEqualTo(first);
        assertThat(target.verify(account, secret)).isEqualTo(LoginResult.ACCEPTED);
        await().atMost(Duration.ofSeconds(20)).until(this::sessions, String::isEmpty);
        target.retire(account);
        assertThat(target.verifyDead(account, secret)).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void a_session_in_which_a_statement_failed_is_not_used_again() {
        Account unmanaged = fixture.unmanagedRole(SERVER.unique("foreign"), SecretValue.of("canary-foreign"));

        assertThatThrownBy(() -> target.apply(unmanaged, secret)).isInstanceOf(LockstepException.class);

        await().atMost(KeptConnections.KEEP.dividedBy(2)).until(this::sessions, String::isEmpty);
    }

    @Test
    void a_session_that_the_server_ended_is_replaced() throws InterruptedException {
        target.apply(account, secret);
        String first = sessions();
        fixture.value(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + fixture.admin + "'");
        await().until(this::sessions, String::isEmpty);
        Thread.sleep(KeptConnections.TRUST.toMillis());

        target.retire(account);

        assertThat(sessions()).isNotEqualTo(first).matches("[0-9]+");
    }

    @Test
    void health_is_asked_with_a_login_of_its_own() {
        target.apply(account, secret);
        SERVER.execute("postgres", "ALTER ROLE " + fixture.admin + " PASSWORD 'another'");

        assertThat(target.health().up()).isFalse();
        target.retire(account);
        await().atMost(Duration.ofSeconds(20)).until(this::sessions, String::isEmpty);
        assertThatThrownBy(() -> target.apply(account, secret)).isInstanceOf(LockstepException.class);
    }
}
