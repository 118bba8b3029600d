package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            operator                | OPERATE      | prod | allowed: by the role operator
            operator                | OPERATE      |      | allowed: by the role operator
            operator@test           | OPERATE      | test | allowed: by the role operator@test
            operator@test           | OPERATE      | prod | refused: this needs the role operator for prod, not just operator@test
            operator@test           | OPERATE      |      | refused: this needs the role operator for all environments, not just operator@test
            operator@a,operator@b   | OPERATE      | b    | allowed: by the role operator@b
            operator@a,operator@b   | OPERATE      | c    | refused: this needs the role operator for c, not just operator@a and operator@b
            operator@test           | OPERATE      | tes  | refused: this needs the role operator for tes, not just operator@test
            approver,viewer         | OPERATE      | prod | refused: this needs the role operator
            administrator           | OPERATE      | prod | refused: this needs the role operator
            operator@test           | READ         | prod | allowed: by the role operator@test
            operator@test           | USE_ENGINE   |      | allowed: by the role operator@test
            security                | RESPOND      | prod | allowed: by the role security
            security                | RESPOND      |      | allowed: by the role security
            operator@test           | RESPOND      | prod | refused: this needs the role operator or security for prod, not just operator@test
            operator@test,security  | RESPOND      | prod | allowed: by the role security
            security                | READ_AUDIT   |      | refused: this needs the role auditor or administrator
            operator                | MANAGE_USERS |      | refused: this needs the role administrator
            designer                | DEPLOY       |      | allowed: by the role designer
            operator                | DEPLOY       |      | refused: this needs the role designer or administrator
            """)
    void each_answer_has_its_reason(String grants, Action action, @Nullable String environment, String expected) {
        assertThat(AccessRules.explain(Grants.decode(grants), action, environment))
                .hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"READ", "READ_AUDIT", "OPERATE", "RESPOND", "USE_ENGINE", "DEPLOY", "MANAGE_USERS", "INSPECT"})
    void without_a_role_nothing_is_allowed(Action action) {
        for (String environment : List.of("prod", "test")) {
            assertThat(AccessRules.explain(Grants.NONE, action, environment).isGranted())
                    .isFalse();
        }
    }
}
