package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.SecretValue;
import java.util.EnumSet;
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
        int before = access.users.find("ann").orElseThrow().revision();

        access.administration.change("root", "ann", null, Grants.everywhere(Role.DESIGNER));

        assertThat(access.directory.groups.get("ann")).containsExactly("designers");
        assertThat(access.users.current("ann", before)).isFalse();
        assertThat(access.users.current("ann", before + 1)).isTrue();
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
