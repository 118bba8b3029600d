package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Definition;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.PolicyExplanations.Candidate;
import dev.lockstep.port.PolicyExplanations.Explanation;
import dev.lockstep.port.PolicyExplanations.Setting;
import dev.lockstep.port.PolicyExplanations.Verdict;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which policy applies, why, and what it says. */
class ConfiguredExplanationsTest {

    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final CredentialName TESTER = CredentialName.of("dev/shop/postgres/tester");

    private final ConfigDir directory;

    ConfiguredExplanationsTest(@TempDir Path root) {
        this.directory = Samples.all(new ConfigDir(root));
    }

    /** One credential that somebody asked for. */
    private record Asked(Definition one) implements Definitions {
        @Override
        public boolean add(Definition definition) {
            return false;
        }

        @Override
        public Optional<Definition> find(CredentialName name) {
            return Optional.of(one).filter(definition -> definition.name().equals(name));
        }

        @Override
        public List<Definition> withPrincipals(Collection<String> principals) {
            return List.of();
        }

        @Override
        public List<Definition> list() {
            return List.of(one);
        }
    }

    private Optional<Explanation> explain(CredentialName name) {
        Definition tester = new Definition(
                TESTER,
                "shop-team",
                "database-user",
                "orders-db",
                "main",
                List.of(),
                "app-password",
                List.of("tester"),
                Map.of(),
                List.of(),
                Map.of(),
                Optional.empty());
        return new ConfiguredExplanations(new LiveCatalog(directory.load(), () -> new Asked(tester))).explain(name);
    }

    private static Setting setting(Explanation explanation, String field) {
        return explanation.settings().stream()
                .filter(setting -> setting.field().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError(field + " is not explained"));
    }

    private void byRule() {
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL.replace("policy: app-password\n", ""));
        directory.file(
                "policies/app.yaml",
                Samples.POLICY.replace("rotate:", "applies-to: [{environment: prod, labels: {tier: gold}}]\nrotate:"));
        directory.file(
                "policies/rest.yaml",
                Samples.POLICY.replace("app-password", "rest").replace("rotate:", "applies-to: everything\nrotate:"));
        directory.file(
                "policies/redis.yaml",
                Samples.POLICY
                        .replace("app-password", "redis")
                        .replace("rotate:", "applies-to: [{system: redis, class: database-user}]\nrotate:"));
    }

    @Test
    void saysThatTheCredentialNamesItsPolicyAndWhere() {
        Explanation explanation = explain(ORDERS).orElseThrow();

        assertThat(explanation.policy()).isEqualTo("app-password");
        assertThat(explanation.why()).contains("the credential names it");
        assertThat(explanation.at().orElseThrow().toString()).endsWith("credentials/orders.yaml:10:9");
        assertThat(explanation.candidates()).isEmpty();
    }

    @Test
    void saysWhichRuleWonWhichLostAndWhichDoesNotMatch() {
        byRule();

        Explanation explanation = explain(ORDERS).orElseThrow();

        assertThat(explanation.policy()).isEqualTo("app-password");
        assertThat(explanation.why()).contains("most specific rule");
        assertThat(explanation.at().orElseThrow().toString()).endsWith("policies/app.yaml:3:14");
        assertThat(explanation.candidates())
                .extracting(Candidate::policy, Candidate::verdict)
                .containsExactlyInAnyOrder(
                        tuple("app-password", Verdict.WON),
                        tuple("redis", Verdict.DOES_NOT_MATCH),
                        tuple("rest", Verdict.LOST));
        assertThat(explanation.candidates().get(2).why()).contains("asks less than the one that won");
        Candidate redis = explanation.candidates().stream()
                .filter(candidate -> candidate.policy().equals("redis"))
                .findFirst()
                .orElseThrow();
        assertThat(redis.conditions().get(0).found()).contains("postgres");
        assertThat(redis.conditions().get(0).holds()).isFalse();
        assertThat(redis.conditions().get(1).holds()).isTrue();
    }

    @Test
    void saysOfARuleThatItLostToTheNamedPolicy() {
        byRule();
        directory.file("credentials/orders.yaml", Samples.CREDENTIAL.replace("app-password", "rest"));

        Explanation explanation = explain(ORDERS).orElseThrow();

        assertThat(explanation.policy()).isEqualTo("rest");
        assertThat(explanation.candidates())
                .filteredOn(candidate -> candidate.verdict() == Verdict.LOST)
                .hasSize(2)
                .allSatisfy(candidate -> assertThat(candidate.why()).contains("the credential names it"));
    }

    @Test
    void anIssuedCredentialKeepsThePolicyThatItWasIssuedWith() {
        byRule();

        Explanation explanation = explain(TESTER).orElseThrow();

        assertThat(explanation.policy()).isEqualTo("app-password");
        assertThat(explanation.why()).contains("when the credential was issued");
        assertThat(explanation.at()).isEmpty();
    }

    @Test
    void nothingIsSaidOfAnUnknownCredential() {
        assertThat(explain(CredentialName.of("no/such/thing/here"))).isEmpty();
    }

    @Test
    void tellsOfEachFieldWhereItIsWrittenOrThatItIsTheDefault() {
        Explanation explanation = explain(ORDERS).orElseThrow();

        assertThat(setting(explanation, "retries.attempts").says()).hasToString("4");
        assertThat(setting(explanation, "retries.attempts").at().orElseThrow().toString())
                .endsWith("policies/app.yaml:7:21");
        assertThat(setting(explanation, "on-drift").says()).isEqualTo("escalate");
        assertThat(setting(explanation, "on-drift").at()).isEmpty();
        assertThat(setting(explanation, "on-failure.escalate.then.group").says())
                .isEqualTo("leads");
        assertThat(setting(explanation, "decommission.quarantine").says()).isEqualTo("P7D");
        assertThat(setting(explanation, "canary").says()).isNull();
        assertThat(explanation.settings())
                .extracting(Setting::field)
                .doesNotContain("rotate.cron", "rotate.zone", "approval", "secret.algorithm", "kind", "applies-to");
    }

    @Test
    void leavesDefaultsOutThatDoNotGoTogetherWithWhatIsWritten() {
        directory.file(
                "credentials/orders.yaml",
                Samples.CREDENTIAL
                        .replace("policy: app-password", "policy: weekly-pair")
                        .replace("principal: orders_app", "principals: [a, b]"));

        Explanation explanation = explain(ORDERS).orElseThrow();

        assertThat(setting(explanation, "secret.algorithm").says()).isEqualTo("rsa");
        assertThat(setting(explanation, "approval").says()).isNull();
        assertThat(explanation.settings())
                .extracting(Setting::field)
                .doesNotContain("secret.length", "secret.classes", "approval.within");
    }

    @Test
    void theDefaultsThatAreToldAreThoseThatCount(@TempDir Path other) throws Exception {
        directory.file("policies/app.yaml", """
                kind: Policy
                name: app-password
                rotate: {every: P30D}
                strategy: in-place
                secret: {type: password}
                grace: {at-most: P1D}
                """);
        Explanation explanation = explain(ORDERS).orElseThrow();
        ObjectMapper json = new ObjectMapper();
        ObjectNode written = json.createObjectNode().put("kind", "Policy").put("name", "app-password");
        Map<String, Object> defaults = explanation.settings().stream()
                .filter(setting -> setting.says() != null)
                .collect(Collectors.toMap(Setting::field, Setting::says));
        assertThat(defaults).hasSizeGreaterThan(12);
        defaults.forEach((field, says) -> {
            List<String> path = List.of(field.split("\\."));
            ObjectNode parent = written;
            for (String key : path.subList(0, path.size() - 1)) {
                parent = parent.withObjectProperty(key);
            }
            parent.set(path.get(path.size() - 1), json.<JsonNode>valueToTree(says));
        });
        ConfigDir second = Samples.all(new ConfigDir(other));
        second.file("policies/app.yaml", json.writeValueAsString(written));

        assertThat(second.load().policies().get("app-password"))
                .isEqualTo(directory.load().policies().get("app-password"));
    }
}
