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
    @ValueSource(
            strings = {
                "",
                "viewer",
                "administrator,approver,operator",
                "approver@prod,operator,viewer",
                "approver@*/shop,operator@prod/shop"
            })
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
        "operator@prod/shop, operators-prod:shop",
        "approver@*/shop;approver@prod, approvers-:shop approvers-prod",
        "security@prod, security-prod",
        "auditor@prod, auditors-prod",
        "viewer@prod, ''",
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
                "operator@*",
                "operator@*/",
                "operator@*/*",
                "operator@/shop",
                "operator@prod/",
                "operator@prod/shop/pg",
                "operator@prod/01234567890123456789012345678901234567890123456",
                "operator@*/012345678901234567890123456789012345678901234567890",
                "designer@prod",
                "designer@*/shop",
                "administrator@prod"
            })
    void what_is_no_role_is_refused_by_its_field(String text) {
        assertThatThrownBy(() -> Grants.parse(List.of(text)))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo("roles"));
    }

    @Test
    void a_refused_limit_says_why() {
        assertThatThrownBy(() -> Grants.parse(List.of("designer@prod")))
                .hasMessage(
                        "the role 'designer' cannot be limited to environments or teams: processes are deployed for all"
                                + " environments");
    }

    @Test
    void a_role_that_a_wider_one_covers_is_not_guessed_at() {
        assertThatThrownBy(() -> Grants.parse(List.of("operator@prod", "operator@prod/shop")))
                .hasMessageContaining("'operator@prod' covers 'operator@prod/shop'");
        assertThat(Grants.merged(Grants.parse(List.of("operator@*/shop", "operator@prod"))
                        .list()))
                .hasToString("operator@*/shop,operator@prod");
    }

    @Test
    void a_role_for_all_environments_and_for_one_is_not_guessed_at() {
        assertThatThrownBy(() -> Grants.parse(List.of("operator", "operator@test")))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("leave out 'operator@test'");
    }
}
