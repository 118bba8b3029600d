package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.SecondFactors.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

class LocalFactorsTest {

    private static final SecretValue WRONG = SecretValue.of("not it");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_code_counts_once_and_none_that_is_older(boolean postgres) {
        AccessFixture access = somebody(postgres);
        Authenticator phone = enrolled(access);
        SecretValue older = phone.code();
        access.clock.advance(Duration.ofSeconds(30));
        SecretValue code = phone.code();

        access.factors.give("ann", code);

        assertThatThrownBy(() -> access.factors.give("ann", code)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> access.factors.give("ann", older)).isInstanceOf(InvalidInput.class);
        access.clock.advance(Duration.ofSeconds(30));
        access.factors.give("ann", phone.code());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_code_that_confirmed_the_secret_counts_no_second_time(boolean postgres) {
        AccessFixture access = somebody(postgres);
        Authenticator phone = phone(access);
        SecretValue code = phone.code();
        access.factors.confirm("ann", code);

        assertThatThrownBy(() -> access.factors.give("ann", code)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void each_recovery_code_works_once_however_it_is_written(boolean postgres) {
        AccessFixture access = somebody(postgres);
        List<SecretValue> codes = access.factors.confirm("ann", phone(access).code());
        String first = Passwords.text(codes.get(0));

        access.factors.give(
                "ann", SecretValue.of(first.substring(0, 8).toUpperCase(Locale.ROOT) + " " + first.substring(8)));

        assertThat(codes).hasSize(10);
        assertThatThrownBy(() -> access.factors.give("ann", codes.get(0))).isInstanceOf(InvalidInput.class);
        access.factors.give("ann", codes.get(9));
        assertThat(access.trail.events.toString()).contains("recovery-code").doesNotContain(first);
    }

    @Test
    void wrong_codes_and_wrong_passwords_lock_out_together() {
        AccessFixture access = somebody(false);
        Authenticator phone = enrolled(access);
        for (int i = 0; i < LoginFailures.LIMIT - 1; i++) {
            assertThatThrownBy(() -> access.factors.give("ann", WRONG)).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> access.ownPassword.change("ann", WRONG, SecretValue.of("another long password")))
                .isInstanceOf(InvalidInput.class);
        access.clock.advance(Duration.ofSeconds(30));

        assertThatThrownBy(() -> access.factors.give("ann", phone.code())).isInstanceOf(InvalidInput.class);

        access.clock.advance(LoginFailures.LOCK_OUT);
        access.factors.give("ann", phone.code());
    }

    @Test
    void the_right_password_buys_no_more_attempts_at_the_code() {
        AccessFixture access = somebody(false);
        Authenticator phone = enrolled(access);
        for (int i = 1; i < LoginFailures.LIMIT; i++) {
            assertThatThrownBy(() -> access.factors.give("ann", WRONG)).isInstanceOf(InvalidInput.class);
            access.clock.advance(Duration.ofSeconds(61));
            access.login.authenticate(
                    UsernamePasswordAuthenticationToken.unauthenticated("ann", "long enough to pass"));
        }
        assertThatThrownBy(() -> access.factors.give("ann", WRONG)).isInstanceOf(InvalidInput.class);
        access.clock.advance(Duration.ofSeconds(30));

        assertThatThrownBy(() -> access.factors.give("ann", phone.code())).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_lacks_its_factor_until_it_was_given(boolean postgres) {
        AccessFixture access = somebody(postgres);
        String before = access.session("ann");
        assertThat(access.sessions.use(before).orElseThrow().factorDue()).isFalse();

        enrolled(access);

        assertThat(access.sessions.use(before).orElseThrow().factorDue()).isTrue();
        assertThat(access.factors.way("ann")).isEqualTo(Way.CODE);
    }

    @Test
    void a_secret_counts_for_nothing_until_it_is_confirmed() {
        AccessFixture access = somebody(false);
        Authenticator abandoned = phone(access);
        Authenticator phone = phone(access);

        assertThat(access.factors.way("ann")).isEqualTo(Way.NONE);
        assertThatThrownBy(() -> access.factors.give("ann", phone.code())).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> access.factors.confirm("ann", abandoned.code()))
                .isInstanceOf(InvalidInput.class);
        access.factors.confirm("ann", phone.code());
        assertThatThrownBy(() -> access.factors.begin("ann")).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_administrator_takes_it_away_and_sessions_end(boolean postgres) {
        AccessFixture access = somebody(postgres);
        List<SecretValue> codes = access.factors.confirm("ann", phone(access).code());
        String session = access.session("ann");

        access.factors.remove("root", "ann");

        assertThat(access.factors.way("ann")).isEqualTo(Way.NONE);
        assertThat(access.sessions.use(session)).isEmpty();
        assertThatThrownBy(() -> access.factors.give("ann", codes.get(1))).isInstanceOf(InvalidInput.class);
    }

    private static AccessFixture somebody(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        access.administration.create("root", "ann", "Ann", SecretValue.of("long enough to pass"), Set.of());
        return access;
    }

    private static Authenticator enrolled(AccessFixture access) {
        Authenticator phone = phone(access);
        access.factors.confirm("ann", phone.code());
        return phone;
    }

    private static Authenticator phone(AccessFixture access) {
        return new Authenticator(Passwords.text(access.factors.begin("ann").text()), access.clock);
    }
}
