package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SecretValue;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On both databases. */
class AccessSessionsTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_session_that_nobody_uses_ends_and_one_that_is_used_goes_on_until_it_is_too_old(boolean postgres) {
        AccessFixture access = somebody(postgres);
        String idle = access.session("ann");
        String busy = access.session("ann");

        for (int minutes = 0; minutes < 12 * 60 - 20; minutes += 20) {
            access.clock.advance(Duration.ofMinutes(20));
            assertThat(access.sessions.use(busy)).isPresent();
        }
        assertThat(access.sessions.use(idle)).isEmpty();
        access.clock.advance(Duration.ofMinutes(20));
        assertThat(access.sessions.use(busy)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void somebody_ends_own_sessions_only(boolean postgres) {
        AccessFixture access = somebody(postgres);
        access.administration.create("root", "bob", "Bob", SecretValue.of("long enough to pass"), Set.of());
        String first = access.session("ann");
        access.clock.advance(Duration.ofSeconds(1));
        String second = access.session("ann");
        String other = access.session("bob");

        assertThat(access.sessions.end("ann", other)).isFalse();
        assertThat(access.sessions.list("ann")).extracting(AccessSession::id).containsExactly(first, second);
        assertThat(access.sessions.end("ann", first)).isTrue();
        assertThat(access.sessions.end("ann", first)).isFalse();

        assertThat(access.sessions.list("ann")).extracting(AccessSession::id).containsExactly(second);
        assertThat(access.sessions.use(first)).isEmpty();
        assertThat(access.sessions.use(other)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sessions_of_a_disabled_user_are_over_for_good(boolean postgres) {
        AccessFixture access = somebody(postgres);
        String session = access.session("ann");

        access.administration.disable("root", "ann");
        assertThat(access.sessions.use(session)).isEmpty();
        access.administration.enable("root", "ann");

        assertThat(access.sessions.use(session)).isEmpty();
        assertThat(access.sessions.list("ann")).isEmpty();
    }

    private static AccessFixture somebody(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        access.administration.create("root", "ann", "Ann", SecretValue.of("long enough to pass"), Set.of());
        return access;
    }
}
