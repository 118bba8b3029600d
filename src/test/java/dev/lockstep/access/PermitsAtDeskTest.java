package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Area;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Requests whose body tells the environment, where {@code prod} needs a fresh second factor. */
class PermitsAtDeskTest {

    private final PermitsAtDesk desk = new PermitsAtDesk(new FreshFactor(
            new StepUpRules(Set.of("prod"), Duration.ofMinutes(15), Set.of(), Set.of()), new SettableClock()));

    @BeforeEach
    void a_request() {
        RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(new MockHttpServletRequest()));
    }

    @AfterEach
    void is_over() {
        RequestContextHolder.resetRequestAttributes();
        SecurityContextHolder.clearContext();
    }

    @Test
    void roles_count_as_if_the_path_had_told() {
        logIn("operator@test");

        assertThatCode(() -> desk.operate(Area.of("test"))).doesNotThrowAnyException();
        assertRefused(Area.of("stage"), Verdict.Lacks.ROLE);
        assertRefused(Area.of("prod"), Verdict.Lacks.ROLE);
        assertRefused(Area.EVERYTHING, Verdict.Lacks.ROLE);
    }

    @Test
    void a_fresh_second_factor_is_asked_for_where_it_is_needed() {
        logIn("operator");

        assertThatCode(() -> desk.operate(Area.of("test"))).doesNotThrowAnyException();
        assertRefused(Area.of("prod"), Verdict.Lacks.FRESH_FACTOR);
        assertRefused(Area.EVERYTHING, Verdict.Lacks.FRESH_FACTOR);
    }

    @Test
    void nobody_may_nothing() {
        assertRefused(Area.of("test"), Verdict.Lacks.ROLE);
    }

    private void assertRefused(Area about, Verdict.Lacks lacks) {
        assertThatThrownBy(() -> desk.operate(about))
                .isInstanceOfSatisfying(
                        AuthorizationDeniedException.class,
                        refused -> assertThat(((Verdict) refused.getAuthorizationResult()).lacks())
                                .isEqualTo(lacks));
    }

    private static void logIn(String role) {
        SignedInUser user = new SignedInUser("olga", Grants.parse(List.of(role)), 1, false, false);
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, user.authorities()));
    }
}
