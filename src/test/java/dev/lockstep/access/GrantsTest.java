package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.InvalidInput;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "viewer", "administrator,approver,operator", "approver@prod,operator,viewer"})
    void what_is_stored_is_read_as_it_was(String stored) {
        assertThat(Grants.decode(stored)).hasToString(stored);
    }

    @Test
    void a_row_from_before_goes_for_all_environments() {
        assertThat(Grants.decode("approver,operator")).isEqualTo(Grants.everywhere(Role.OPERATOR, Role.APPROVER));
    }

    @ParameterizedTest
    @CsvSource({
        "operator, operators",
        "operator@test, operators-test",
        "approver@prod;approver@test, approvers-prod approvers-test",
        "operator;approver@prod, approvers-prod operators",
        "administrator, administrators camunda-admin",
        "security, security",
        "viewer, ''"
    })
    void the_engine_knows_a_limited_role_by_groups_of_its_own(String roles, String groups) {
        assertThat(String.join(" ", Grants.parse(List.of(roles.split(";", -1))).engineGroups()))
                .isEqualTo(groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "boss",
                "OPERATOR",
                "operator ",
                "operator@",
                "operator@PROD",
                "operator@prod,viewer",
                "operator@prod@test",
                "operator@a..b",
                "operator@-x",
                "operator@äöü",
                "operator@012345678901234567890123456789012345678901234567890",
                "viewer@prod",
                "security@prod",
                "administrator@prod"
            })
    void what_is_no_role_is_refused_by_its_field(String text) {
        assertThatThrownBy(() -> Grants.parse(List.of(text)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("roles"));
    }

    @Test
    void a_role_for_all_environments_and_for_one_is_not_guessed_at() {
        assertThatThrownBy(() -> Grants.parse(List.of("operator", "operator@test")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("leave out 'operator@test'");
    }
}
