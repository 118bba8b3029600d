package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Area;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AccessAnswers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;

/** Questions about who may do what, where {@code prod} needs a fresh second factor. */
class AnswersByRuleTest {

    private static final SecretValue PASSWORD = SecretValue.of("long enough to pass");

    private final AccessFixture fixture = AccessFixture.onH2();
    private final AccessAnswers answers = new AnswersByRule(
            fixture.users, new StepUpRules(Set.of("prod"), Duration.ofMinutes(15), Set.of(), Set.of()));

    @AfterEach
    void nobodyIsLoggedIn() {
        SecurityContextHolder.clearContext();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            operate      | test  | true  | by the role operator@test                                   | false
            operate      | prod  | true  | by the role operator@prod                                   | true
            operate      | stage | false | operator for stage, not just operator@prod and operator@test | false
            operate      | -     | false | operator for all environments, not just operator@prod       | false
            respond      | prod  | true  | by the role operator@prod                                   | true
            read         | prod  | true  | by the role administrator                                   | false
            configure    | prod  | true  | by the role administrator                                   | true
            manage-users | -     | true  | by the role administrator                                   | true
            deploy       | -     | true  | by the role administrator                                   | false
            """)
    void an_answer_names_the_role_or_what_is_missing_and_the_second_factor(
            String action, @Nullable String environment, boolean allowed, String reason, boolean fresh) {
        Area about = environment == null ? Area.EVERYTHING : Area.parse(environment);
        user("olga", "operator@test", "operator@prod", "administrator");
        logIn("anton", "auditor");

        AccessAnswers.Answer answer = answers.explain("olga", action, about).orElseThrow();

        assertThat(answer.allowed()).isEqualTo(allowed);
        assertThat(answer.reason()).contains(reason);
        assertThat(answer.freshFactor()).isEqualTo(fresh);
    }

    @Test
    void an_environment_is_not_repeated_where_it_does_not_count() {
        user("olga", "designer");
        logIn("anton", "auditor");

        assertThat(answers.explain("olga", "deploy", Area.of("prod")))
                .hasValueSatisfying(answer -> assertThat(answer.about()).isEqualTo(Area.EVERYTHING));
    }

    @Test
    void about_itself_a_login_is_asked_and_not_the_table() {
        user("olga", "viewer");
        logIn("olga", "operator");

        assertThat(answers.explain("olga", "operate", Area.of("test")))
                .hasValueSatisfying(answer -> assertThat(answer.reason()).isEqualTo("by the role operator"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator", "approver", "security", "designer"})
    void about_others_only_administrators_and_auditors_get_an_answer(String role) {
        user("olga", "operator");
        logIn("vera", role);

        for (String other : List.of("olga", "nobody")) {
            assertThatThrownBy(() -> answers.explain(other, "read", Area.EVERYTHING))
                    .isInstanceOfSatisfying(
                            AuthorizationDeniedException.class,
                            refused -> assertThat(refused.getAuthorizationResult())
                                    .hasToString("refused: this needs the role auditor or administrator"));
        }
        assertThat(answers.explain("vera", "read", Area.EVERYTHING)).isPresent();
    }

    @Test
    void who_is_disabled_or_has_a_one_time_password_may_nothing() {
        user("gone", "administrator");
        user("last", "administrator");
        fixture.administration.disable("test", "gone");
        fixture.administration.invite("test", "fresh", "Fresh", Grants.parse(List.of("operator")));
        logIn("adam", "administrator");

        assertThat(answers.explain("gone", "read", Area.EVERYTHING))
                .hasValue(new AccessAnswers.Answer(
                        "gone", "read", Area.EVERYTHING, false, "the user is disabled", false));
        assertThat(answers.explain("fresh", "read", Area.EVERYTHING))
                .hasValue(new AccessAnswers.Answer(
                        "fresh",
                        "read",
                        Area.EVERYTHING,
                        false,
                        "the one-time password has to be replaced first",
                        false));
    }

    @Test
    void nobody_is_known_who_is_not_a_user() {
        logIn("adam", "administrator");

        assertThat(answers.explain("nobody", "read", Area.EVERYTHING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fly", "OPERATE", ""})
    void what_is_no_action_is_refused_by_its_field(String action) {
        logIn("adam", "administrator");

        assertThatThrownBy(() -> answers.explain("adam", action, Area.of("test")))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.field()).isEqualTo("action"));
    }

    private void user(String id, String... roles) {
        fixture.administration.create("test", id, "Somebody", PASSWORD, Set.of());
        fixture.administration.change("test", id, null, Grants.parse(List.of(roles)));
    }

    private static void logIn(String id, String role) {
        SignedInUser user = new SignedInUser(id, Grants.parse(List.of(role)), 1, false, false);
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(user, null, user.authorities()));
    }
}
