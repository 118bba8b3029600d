package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserAdministrationTest {

    private static final SecretValue PASSWORD = SecretValue.of("long enough to pass");

    private final AccessFixture access = AccessFixture.onH2();

    @Test
    void a_new_user_is_mirrored_to_the_engine_and_audited() {
        access.administration.create("root", "ann", "Ann", PASSWORD, EnumSet.of(Role.VIEWER, Role.ADMINISTRATOR));

        assertThat(access.directory.groups.get("ann")).containsExactlyInAnyOrder("administrators", "camunda-admin");
        assertThat(access.trail.events).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("user.create");
            assertThat(event.actor()).isEqualTo("root");
            assertThat(event.subject()).isEqualTo("ann");
            assertThat(event.details()).containsEntry("roles", "administrator,viewer");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ann", "ann doe", "-ann", "lockstep", "a/../b", "ann\n", "änn", "1ann"})
    void an_id_that_is_not_canonical_is_refused(String id) {
        assertThatThrownBy(() -> access.administration.create("root", id, "Ann", PASSWORD, Set.of()))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("id"));
    }

    @Test
    void a_taken_id_and_a_short_password_are_refused() {
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of());

        assertThatThrownBy(() -> access.administration.create("root", "ann", "Other", PASSWORD, Set.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("already");
        assertThatThrownBy(() -> access.administration.create("root", "bob", "Bob", SecretValue.of("short"), Set.of()))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("12");
        assertThat(access.users.find("ann"))
                .get()
                .extracting(AccessUser::displayName)
                .isEqualTo("Ann");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_last_administrator_can_neither_be_disabled_nor_lose_the_role(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of(Role.ADMINISTRATOR));
        access.administration.create("root", "bob", "Bob", PASSWORD, Set.of(Role.ADMINISTRATOR));
        access.administration.disable("root", "bob");

        assertThatThrownBy(() -> access.administration.disable("root", "ann"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("last administrator");
        assertThatThrownBy(() -> access.administration.change("root", "ann", null, Grants.everywhere(Role.VIEWER)))
                .isInstanceOf(InvalidInput.class);
        assertThat(access.directory.groups).containsOnlyKeys("ann");
    }

    @Test
    void a_change_of_roles_reaches_the_engine_and_ends_what_was_signed_in_before() {
        access.administration.create("root", "root", "Root", PASSWORD, Set.of(Role.ADMINISTRATOR));
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of(Role.OPERATOR));
        String before = access.session("ann");

        access.administration.change("root", "ann", null, Grants.everywhere(Role.DESIGNER));

        assertThat(access.directory.groups.get("ann")).containsExactly("designers");
        assertThat(access.sessions.use(before)).isEmpty();
        assertThat(access.sessions.use(access.session("ann"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_invited_user_has_no_role_until_the_password_is_replaced(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        Grants grants = Grants.parse(List.of("approver@prod", "operator@test"));

        SecretValue oneTime = access.administration.invite("root", "ann", "Ann", grants);

        AccessUser invited = access.users.find("ann").orElseThrow();
        assertThat(invited.grants()).isEqualTo(grants);
        assertThat(SignedInUser.of(invited).grants()).isEqualTo(Grants.NONE);
        assertThat(SignedInUser.of(invited).engineGroups()).isEmpty();
        assertThat(access.directory.groups.get("ann")).containsExactlyInAnyOrder("approvers-prod", "operators-test");

        String before = access.session("ann");
        access.ownPassword.change("ann", oneTime, PASSWORD);

        AccessUser settled = access.users.find("ann").orElseThrow();
        assertThat(SignedInUser.of(settled).grants()).isEqualTo(grants);
        assertThat(access.sessions.use(before)).isEmpty();
        assertThat(access.trail.events.toString()).doesNotContain(Passwords.text(oneTime));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_reset_ends_a_lock_out_and_what_was_signed_in_before(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of());
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> access.ownPassword.change("ann", SecretValue.of("a guess"), PASSWORD))
                    .isInstanceOf(InvalidInput.class);
        }

        SecretValue oneTime = access.administration.resetPassword("root", "ann");

        AccessUser ann = access.users.find("ann").orElseThrow();
        assertThat(ann.lockedUntil()).isNull();
        assertThat(ann.oneTimePassword()).isTrue();
        assertThat(ann.revision()).isEqualTo(2);
        assertThat(access.passwords.matches(Passwords.text(oneTime), ann.passwordHash()))
                .isTrue();
        assertThat(access.trail.actions()).endsWith("user.reset-password");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_user_that_is_enabled_again_is_back_in_the_engine(boolean postgres) {
        AccessFixture access = postgres ? AccessFixture.onPostgres() : AccessFixture.onH2();
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of(Role.OPERATOR));
        access.administration.disable("root", "ann");
        access.administration.change("root", "ann", "Ann B.", Grants.everywhere(Role.APPROVER));
        assertThat(access.directory.groups).doesNotContainKey("ann");

        access.administration.enable("root", "ann");
        access.administration.enable("root", "ann");

        assertThat(access.directory.groups.get("ann")).containsExactly("approvers");
        assertThat(access.trail.actions())
                .containsExactly("user.create", "user.disable", "user.rename", "user.set-roles", "user.enable");
        assertThat(access.trail.events.get(3).details())
                .containsEntry("before", "operator")
                .containsEntry("roles", "approver");
    }

    @Test
    void a_refused_change_of_roles_takes_back_the_new_name() {
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of(Role.ADMINISTRATOR));

        assertThatThrownBy(() -> access.administration.change("root", "ann", "Ann B.", Grants.NONE))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("roles"));

        assertThat(access.users.find("ann").orElseThrow().displayName()).isEqualTo("Ann");
    }

    @Test
    void a_wrong_present_password_changes_nothing() {
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of());

        assertThatThrownBy(() -> access.ownPassword.change(
                        "ann", SecretValue.of("not the present one"), SecretValue.of("some other long one")))
                .isInstanceOf(InvalidInput.class);
        assertThat(access.users.find("ann").orElseThrow().revision()).isEqualTo(1);
    }

    @Test
    void guessing_the_present_password_locks_the_user() {
        access.administration.create("root", "ann", "Ann", PASSWORD, Set.of());
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> access.ownPassword.change(
                            "ann", SecretValue.of("a guess"), SecretValue.of("some other long one")))
                    .isInstanceOf(InvalidInput.class);
        }

        assertThat(access.users.find("ann").orElseThrow().lockedAt(access.clock.instant()))
                .isTrue();
        assertThatThrownBy(() -> access.ownPassword.change("ann", PASSWORD, SecretValue.of("some other long one")))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void when_the_trail_cannot_be_written_there_is_no_user() {
        access.trail.down = true;

        assertThatThrownBy(() -> access.administration.create("root", "ann", "Ann", PASSWORD, Set.of()))
                .hasMessageContaining("audit trail");
        assertThat(access.users.none()).isTrue();
    }
}
