package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.SecretValue;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

class PasswordLoginTest {

    private static final String RIGHT = "correct horse battery";

    enum Database {
        H2,
        POSTGRESQL;

        AccessFixture withJane() {
            AccessFixture made = this == H2 ? AccessFixture.onH2() : AccessFixture.onPostgres();
            made.administration.create("test", "jane.doe", "Jane", SecretValue.of(RIGHT), Set.of(Role.OPERATOR));
            made.trail.events.clear();
            return made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_right_password_gives_roles_and_groups_and_is_audited(Database database) {
        AccessFixture access = database.withJane();

        Authentication login = logIn(access, "jane.doe", RIGHT);

        assertThat(login.getName()).isEqualTo("jane.doe");
        assertThat(login.getAuthorities()).extracting(Object::toString).containsExactly("ROLE_OPERATOR");
        assertThat(login.getCredentials()).isNull();
        assertThat(((SignedInUser) login.getPrincipal()).engineGroups()).containsExactly("operators");
        assertThat(access.trail.actions()).containsExactly("login.accept");
    }

    @ParameterizedTest
    @EnumSource
    void ten_wrong_passwords_lock_out_also_the_right_one_for_five_minutes(Database database) {
        AccessFixture access = database.withJane();
        for (int i = 0; i < 10; i++) {
            assertRefused(access, "jane.doe", "wrong");
        }

        assertRefused(access, "jane.doe", RIGHT);
        assertThat(access.trail.actions()).hasSize(11).endsWith("login.refuse", "login.lock");

        access.clock.advance(Duration.ofMinutes(5).minusSeconds(1));
        assertRefused(access, "jane.doe", RIGHT);
        access.clock.advance(Duration.ofSeconds(1));
        assertThat(logIn(access, "jane.doe", RIGHT).isAuthenticated()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_right_password_forgets_the_failures_before_it(Database database) {
        AccessFixture access = database.withJane();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 9; i++) {
                assertRefused(access, "jane.doe", "wrong");
            }
            access.clock.advance(Duration.ofMinutes(2));
            assertThat(logIn(access, "jane.doe", RIGHT).isAuthenticated()).isTrue();
        }
        assertThat(access.trail.actions()).doesNotContain("login.lock");
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void a_recently_verified_password_costs_no_hash_and_no_audit_entry_until_a_minute_is_over(Database database) {
        AccessFixture access = database.withJane();
        logIn(access, "jane.doe", RIGHT);
        logIn(access, "jane.doe", RIGHT);
        assertThat(access.trail.actions()).containsExactly("login.accept");

        access.clock.advance(Duration.ofSeconds(61));
        logIn(access, "jane.doe", RIGHT);
        assertThat(access.trail.actions()).containsExactly("login.accept", "login.accept");
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void a_recently_verified_password_does_not_open_a_locked_or_disabled_or_changed_user(Database database) {
        AccessFixture access = database.withJane();
        access.administration.create(
                "test", "root", "Root", SecretValue.of("another long one"), Set.of(Role.ADMINISTRATOR));
        logIn(access, "jane.doe", RIGHT);
        access.ownPassword.change("jane.doe", SecretValue.of(RIGHT), SecretValue.of("a completely new one"));
        assertRefused(access, "jane.doe", RIGHT);

        logIn(access, "jane.doe", "a completely new one");
        access.administration.disable("test", "jane.doe");
        assertRefused(access, "jane.doe", "a completely new one");
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void what_was_typed_as_an_unknown_user_never_reaches_the_trail_and_a_flood_is_counted(Database database) {
        AccessFixture access = database.withJane();
        for (int i = 0; i < 12; i++) {
            assertRefused(access, "MyPassword-" + i, "x");
        }
        access.clock.advance(Duration.ofMinutes(1));
        assertRefused(access, "jane.doe\0", "x");

        assertThat(access.trail.events).hasSize(11);
        assertThat(access.trail.events.toString()).doesNotContain("MyPassword");
        assertThat(access.trail.events.get(10).details()).containsEntry("leftOutBefore", "2");
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void an_unknown_user_is_refused_as_slowly_as_a_known_one(Database database) {
        AccessFixture access = database.withJane();
        assertRefused(access, "jane.doe", "warm up");

        long known = nanos(access, "jane.doe");
        long unknown = nanos(access, "nobody");

        assertThat(unknown).isGreaterThan(known / 4);
    }

    @ParameterizedTest
    @EnumSource(names = "H2")
    void without_audit_trail_nobody_gets_in_and_the_answer_is_not_that_the_password_is_wrong(Database database) {
        AccessFixture access = database.withJane();
        access.trail.down = true;

        assertThatThrownBy(() -> logIn(access, "jane.doe", RIGHT)).isInstanceOf(AuthenticationServiceException.class);
    }

    @Test
    void with_passwords_for_emergencies_only_nobody_else_gets_in_with_one() {
        AccessFixture access = Database.H2.withJane();
        access.administration.create("root", "glass", "Break Glass", SecretValue.of(RIGHT), Set.of(Role.ADMINISTRATOR));
        PasswordLogin login = access.loginBy(new PasswordRule(false, Set.of("glass")));

        assertThatThrownBy(() ->
                        login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("jane.doe", RIGHT)))
                .isInstanceOf(BadCredentialsException.class);
        assertThat(login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated("glass", RIGHT))
                        .isAuthenticated())
                .isTrue();
        assertThat(access.trail.events.toString()).contains("no-password-login").contains("break-glass");
    }

    private static long nanos(AccessFixture access, String user) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            assertRefused(access, user, "wrong");
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static Authentication logIn(AccessFixture access, String user, String password) {
        return access.login.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(user, password));
    }

    private static void assertRefused(AccessFixture access, String user, String password) {
        assertThatThrownBy(() -> logIn(access, user, password))
                .isInstanceOf(BadCredentialsException.class)
                .hasMessage("user or password is wrong");
    }
}
