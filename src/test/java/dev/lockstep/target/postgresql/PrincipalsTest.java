package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which accounts a server has, as Lockstep's administrator sees them. */
class PrincipalsTest {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Fixture FIXTURE = Fixture.on(SERVER);

    @Test
    void roles_that_can_log_in_are_told_whoever_may_change_them() {
        String managed = SERVER.unique("principals_managed");
        String foreign = SERVER.unique("principals_foreign");
        String odd = SERVER.unique("Principals \"odd\"; --");
        String group = SERVER.unique("principals_group");
        String root = SERVER.unique("principals_root");
        FIXTURE.role(managed, SecretValue.of("one-secret"));
        FIXTURE.unmanagedRole(foreign, SecretValue.of("another-secret"));
        FIXTURE.unmanagedRole(odd, SecretValue.of("a-third-secret"));
        SERVER.execute("postgres", "CREATE ROLE " + group, "CREATE ROLE " + root + " LOGIN SUPERUSER");

        assertThat(((Target.Discovers) FIXTURE.target()).principals())
                .contains(new Principal(managed, null), new Principal(foreign, null), new Principal(odd, null))
                .extracting(Principal::name)
                .doesNotContain(group, root, FIXTURE.admin, "postgres", "pg_monitor");
    }

    @Test
    void a_refused_administrator_is_told_as_such() {
        Target.Discovers wrong = (Target.Discovers) FIXTURE.target(Map.of("password", "wrong"));

        assertThatThrownBy(wrong::principals)
                .isInstanceOfSatisfying(
                        PermanentException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_ADMIN_REFUSED));
    }
}
