package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.Area;
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
            operator@test           | READ         | prod | refused: this needs the role viewer or operator or approver or security or auditor or designer or administrator for prod, not just operator@test
            operator@test,viewer    | READ         | prod | allowed: by the role viewer
            viewer@test             | READ         |      | refused: this needs the role viewer or operator or approver or security or auditor or designer or administrator for all environments, not just viewer@test
            operator@prod           | OPERATE      | prod/shop | allowed: by the role operator@prod
            operator@prod/shop      | OPERATE      | prod/shop | allowed: by the role operator@prod/shop
            operator@prod/shop      | OPERATE      | prod/pay  | refused: this needs the role operator for prod/pay, not just operator@prod/shop
            operator@prod/shop      | OPERATE      | prod      | refused: this needs the role operator for prod, not just operator@prod/shop
            operator@*/shop         | OPERATE      | test/shop | allowed: by the role operator@*/shop
            operator@*/shop         | OPERATE      | test/shopping | refused: this needs the role operator for test/shopping, not just operator@*/shop
            operator@*/shop         | OPERATE      | */shop    | allowed: by the role operator@*/shop
            operator@prod/shop      | OPERATE      | */shop    | refused: this needs the role operator for */shop, not just operator@prod/shop
            auditor@*/shop          | READ_AUDIT   | prod/shop | allowed: by the role auditor@*/shop
            auditor@*/shop          | READ_AUDIT   |           | refused: this needs the role auditor or administrator for all environments, not just auditor@*/shop
            auditor@prod            | REVIEW_ACCESS |          | refused: this needs the role auditor or administrator for all environments, not just auditor@prod
            security@prod/shop      | RESPOND      | prod/shop | allowed: by the role security@prod/shop
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
    void each_answer_has_its_reason(String grants, Action action, @Nullable String about, String expected) {
        Area area = about == null ? Area.EVERYTHING : Area.parse(about);

        assertThat(AccessRules.explain(Grants.decode(grants), action, area)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"READ", "READ_AUDIT", "OPERATE", "RESPOND", "USE_ENGINE", "DEPLOY", "MANAGE_USERS", "INSPECT"})
    void without_a_role_nothing_is_allowed(Action action) {
        for (String environment : List.of("prod", "test")) {
            assertThat(AccessRules.explain(Grants.NONE, action, Area.of(environment))
                            .isGranted())
                    .isFalse();
        }
    }
}
