package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.AuditEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class RefusalRecordTest {

    private final AccessFixture access = AccessFixture.onH2();
    private final RefusalRecord refusals = new RefusalRecord(access.trail, access.transaction, access.clock);

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void a_refusal_tells_user_method_and_path_and_nothing_else_of_the_request() {
        logIn("olga");
        MockHttpServletRequest request = request("/engine-rest/task/17/complete");
        request.setQueryString("token=secret");
        request.setContent("secret".getBytes(StandardCharsets.UTF_8));

        refusals.refused(request, "not for her");

        assertThat(access.trail.events)
                .containsExactly(new AuditEvent(
                        "olga",
                        "access.refused",
                        AuditEvent.Phase.FACT,
                        "/engine-rest/task/17/complete",
                        null,
                        Map.of("method", "POST", "reason", "not for her")));
    }

    @Test
    void a_loop_on_one_path_is_written_once_a_minute_with_a_count() {
        logIn("olga");
        for (int i = 0; i < 500; i++) {
            refusals.refused(request("/engine-rest/task/17/complete"), "no");
        }
        assertThat(access.trail.events).hasSize(1);

        access.clock.advance(RefusalRecord.WINDOW);
        refusals.refused(request("/engine-rest/task/17/complete"), "no");

        assertThat(access.trail.events).hasSize(2);
        assertThat(access.trail.events.get(1).details()).containsEntry("leftOutBefore", "499");
    }

    @Test
    void a_loop_over_many_paths_is_a_sample() {
        logIn("olga");
        for (int i = 0; i < 500; i++) {
            refusals.refused(request("/engine-rest/task/" + i + "/complete"), "no");
        }
        assertThat(access.trail.events).hasSize(RefusalRecord.MOST);

        access.clock.advance(Duration.ofSeconds(61));
        refusals.refused(request("/engine-rest/task/1/complete"), "no");
        assertThat(access.trail.events)
                .last()
                .extracting(AuditEvent::details)
                .isEqualTo(Map.of("method", "POST", "reason", "no", "leftOutBefore", "480"));
    }

    @Test
    void who_floods_the_trail_hides_nobody_else() {
        logIn("olga");
        for (int i = 0; i < 100; i++) {
            refusals.refused(request("/engine-rest/task/" + i), "no");
        }
        logIn("otto");
        refusals.refused(request("/engine-rest/task/0"), "no");

        assertThat(access.trail.events).last().extracting(AuditEvent::actor).isEqualTo("otto");
    }

    @Test
    void the_refusal_stands_when_it_cannot_be_written_down() {
        logIn("olga");
        access.trail.down = true;

        refusals.refused(request("/users"), "no");

        assertThat(access.trail.events).isEmpty();
    }

    private static MockHttpServletRequest request(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        return request;
    }

    private static void logIn(String id) {
        SignedInUser user = new SignedInUser(id, Grants.everywhere(Role.VIEWER), 1, false, false);
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, List.of()));
    }
}
