package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.CredentialName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which policy applies when a credential names none. */
class PolicyRulesTest {

    private static final String BODY = """
            rotate: {every: P30D}
            strategy: in-place
            secret: {type: password}
            grace: {at-most: P1D}
            """;

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");

    private final ConfigDir directory;

    PolicyRulesTest(@TempDir Path root) {
        this.directory = Samples.all(new ConfigDir(root));
        directory.file(
                "credentials/orders.yaml",
                Samples.CREDENTIAL.replace("policy: app-password\n", "").replace("tier: gold", "tier: 7"));
    }

    private PolicyRulesTest policy(String name, String appliesTo) {
        directory.file(
                "policies/" + name + ".yaml",
                "kind: Policy\nname: " + name + "\napplies-to: " + appliesTo + "\n" + BODY);
        return this;
    }

    private String winner() {
        return Objects.requireNonNull(directory.load().credentials().get(ORDERS))
                .policy()
                .name();
    }

    @Test
    void theRuleThatAsksMoreWins() {
        policy("rest", "everything").policy("prod", "[{environment: prod}]");
        assertThat(winner()).isEqualTo("prod");

        policy("db", "[{environment: [stage, prod], class: database-user}]");
        assertThat(winner()).isEqualTo("db");

        policy("gold", "[{environment: prod, class: database-user, labels: {tier: [6, 7]}}]");
        assertThat(winner()).isEqualTo("gold");
    }

    @Test
    void everyConditionOfARuleHasToHold() {
        policy("rest", "everything")
                .policy("a", "[{environment: dev, class: database-user}]")
                .policy("b", "[{team: shop, system: redis}]")
                .policy("c", "[{target: orders-db, owner: others}]")
                .policy("d", "[{labels: {tier: 8}}, {labels: {ring: 7}}]");
        assertThat(winner()).isEqualTo("rest");
        policy("e", "[{environment: dev}, {team: shop, system: postgres, owner: shop-team, target: orders-db}]");
        assertThat(winner()).isEqualTo("e");
    }

    @Test
    void aPolicyThatTheCredentialNamesWinsOverEveryRule() {
        policy("db", "[{environment: prod, class: database-user}]");
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL);

        assertThat(winner()).isEqualTo("app-password");
    }

    @Test
    void twoRulesOfDifferentPoliciesThatAskEquallyMuchAreRefusedWithBothPlaces() {
        policy("one", "[{environment: prod}]").policy("two", "[{class: database-user}]");

        ConfigurationError error = directory.error();

        assertThat(error.file()).endsWith("policies/two.yaml");
        assertThat(error.line()).isEqualTo(3);
        assertThat(error.field()).isEqualTo("applies-to[0]");
        assertThat(error.problem())
                .contains("takes " + ORDERS)
                .contains("credentials/orders.yaml:1:1")
                .contains("policy one at ")
                .contains("policies/one.yaml:3:14");
        policy("three", "[{class: database-user, environment: prod}]");
        assertThat(winner()).isEqualTo("three");
    }

    @Test
    void twoRulesOfOnePolicyMayAskEquallyMuch() {
        policy("one", "[{environment: prod}, {class: database-user}]");
        assertThat(winner()).isEqualTo("one");
    }

    @Test
    void rulesThatNoCredentialMeetsMayTie() {
        policy("rest", "everything").policy("one", "[{environment: dev}]").policy("two", "[{class: api-key}]");
        assertThat(winner()).isEqualTo("rest");
    }

    @Test
    void aCredentialThatNoRuleTakesIsRefused() {
        policy("one", "[{environment: dev}]");

        ConfigurationError error = directory.error();

        assertThat(error.file()).endsWith("credentials/orders.yaml");
        assertThat(error.field()).isEqualTo("policy");
        assertThat(error.problem()).isEqualTo("is missing");
        assertThat(error.advice()).contains("applies-to").contains("app-password, one, weekly-pair");
    }

    @Test
    void aRefusedPolicyMakesNoComplaintsAboutCredentialsThatItMayTake() {
        policy("one", "[{environment: prod}]");
        directory.file("policies/one.yaml", "kind: Policy\nname: one\napplies-to: [{environmnt: prod}]\n" + BODY);

        assertThat(directory.error().field()).isEqualTo("applies-to[0].environmnt");
    }

    @Test
    void theStrategyOfAPolicyThatAppliesByRuleIsHeldAgainstTheAccounts() {
        directory.file("policies/pair.yaml", Samples.CRON_POLICY.replace("rotate:", "applies-to: everything\nrotate:"));

        assertThat(directory.error().problem()).contains("1 of 2 accounts");
    }

    @Test
    void aTraitThatTheCredentialDoesNotHaveMeetsNoCondition() {
        Traits traits = Traits.of(ORDERS, "o", "k", "t", Map.of());
        assertThat(traits.of("system")).contains("postgres");
        assertThat(traits.of("labels.tier")).isEmpty();
    }
}
