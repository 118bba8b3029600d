package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents of the kind {@code Identity}, and what they allow. */
class IdentityDocumentsTest {

    private static final String WEB = """
            kind: Identity
            name: shop-web
            consumer: orders
            approle: {secret-life: P30D}
            reads: {credentials: [prod/shop/postgres/orders-app, prod/*/*/report]}
            tokens: {life: PT20M, longest: PT8H, networks: [10.0.0.0/8]}
            """;

    private static final String DEPLOY = """
            kind: Identity
            name: deploy
            jwt:
              keys: https://ci.example.org/keys
              issuer: https://ci.example.org
              audience: lockstep
              claims: {sub: "repo:acme/shop"}
            reads: {labels: {tier: gold}}
            """;

    private static final String PODS = """
            kind: Identity
            name: pods
            kubernetes: {keys: /run/keys.jwks, audience: lockstep, service-account: shop/web}
            reads: {labels: {tier: gold}}
            """;

    @TempDir
    Path root;

    private ConfigDir directory;

    @BeforeEach
    void others() {
        directory = Samples.all(new ConfigDir(root));
    }

    private Identity read(String text, String name) {
        return Objects.requireNonNull(
                directory.file("identities/one.yaml", text).load().identities().get(name));
    }

    @Test
    void aProgramWithASecretIsRead() {
        Identity web = read(WEB, "shop-web");

        assertThat(web.consumer()).isEqualTo("orders");
        assertThat(web.login()).isEqualTo(new Identity.AppRole(Duration.ofDays(30)));
        assertThat(web.tokens().life()).isEqualTo(Duration.ofMinutes(20));
        assertThat(web.tokens().longest()).isEqualTo(Duration.ofHours(8));
        assertThat(web.tokens().networks()).hasSize(1);
    }

    private static final String REVIEWED = """
            kind: Identity
            name: pods
            kubernetes:
              review: {api: "https://kube.example.org/", token: "${file:/run/token}", certificates: /run/ca.pem}
              audience: lockstep
              service-account: shop/web
            reads: {labels: {tier: gold}}
            """;

    @Test
    void anApiServerCanBeAskedInsteadOfKeys() {
        assertThat(read(REVIEWED, "pods").login())
                .isEqualTo(new Identity.TokenReview(
                        "https://kube.example.org",
                        "${file:/run/token}",
                        Optional.of("/run/ca.pem"),
                        "lockstep",
                        "system:serviceaccount:shop:web"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://kube.example.org/ | http://kube.example.org | kubernetes.review.api",
                "https://kube.example.org/ | https://169.254.169.254 | kubernetes.review.api",
                "https://kube.example.org/ | https://a:b@kube.example.org | kubernetes.review.api",
                "${file:/run/token} | eyJhbGciOi-canary | kubernetes.review.token",
                "${file:/run/token} | ${credential:prod/shop/postgres/orders-app} | kubernetes.review.token"
            })
    void whatIsNotSafeToAskOrToWriteIsRefusedWithoutRepeatingASecret(String good, String bad, String field) {
        directory.file("identities/one.yaml", REVIEWED.replace(good, bad));

        assertThat(directory.error().field()).isEqualTo(field);
        assertThat(directory.error().toString()).doesNotContain("canary");
    }

    @Test
    void keysAndReviewAreTwoWays() {
        directory.file("identities/one.yaml", REVIEWED.replace("audience:", "keys: /run/keys.jwks\n  audience:"));
        assertThat(directory.errors()).isNotEmpty();

        directory.file("identities/one.yaml", PODS.replace("keys: /run/keys.jwks, ", ""));
        assertThat(directory.error().toString()).contains("kubernetes.keys", "is missing");
    }

    @Test
    void signedTokensAreBoundByTheirClaims() {
        assertThat(read(DEPLOY, "deploy").login())
                .isEqualTo(new Identity.Jwt(
                        "jwt",
                        "https://ci.example.org/keys",
                        Optional.of("https://ci.example.org"),
                        "lockstep",
                        Map.of("sub", "repo:acme/shop")));
        Identity pods = read(PODS, "pods");
        assertThat(pods.consumer()).isEqualTo("pods");
        assertThat(pods.login())
                .isEqualTo(new Identity.Jwt(
                        "kubernetes",
                        "/run/keys.jwks",
                        Optional.empty(),
                        "lockstep",
                        Map.of("sub", "system:serviceaccount:shop:web")));
    }

    @ParameterizedTest
    @CsvSource({
        "prod/shop/postgres/orders-app,true",
        "prod/shop/postgres/orders-ap,false",
        "prod/shop/postgres/orders-app2,false",
        "prod/shop/postgres/report,true",
        "prod/any/thing/report,true",
        "test/shop/postgres/report,false",
        "prod/shop/postgres/report.old,false",
    })
    void aStarStandsForOneSegment(String name, boolean allowed) {
        assertThat(read(WEB, "shop-web").reads().allow(credential(name, Map.of())))
                .isEqualTo(allowed);
    }

    @Test
    void allLabelsMustBeThereAndTheNameMustFitToo() {
        Identity.Reads reads = new Identity.Reads(List.of("prod/*/*/*"), Map.of("tier", "gold", "service", "shop"));

        assertThat(reads.allow(credential("prod/a/b/c", Map.of("tier", "gold", "service", "shop", "more", "x"))))
                .isTrue();
        assertThat(reads.allow(credential("prod/a/b/c", Map.of("tier", "gold"))))
                .isFalse();
        assertThat(reads.allow(credential("test/a/b/c", Map.of("tier", "gold", "service", "shop"))))
                .isFalse();
    }

    private Credential credential(String name, Map<String, String> labels) {
        Credential sample = directory.load().credentials().values().iterator().next();
        return new Credential(
                CredentialName.of(name),
                sample.owner(),
                sample.kind(),
                sample.target(),
                sample.store(),
                sample.mirrors(),
                sample.principals(),
                sample.settings(),
                sample.policy(),
                sample.consumers(),
                labels,
                sample.initial());
    }

    @Test
    void eachErrorNamesLineAndField() {
        directory.file(
                "identities/wrong.yaml",
                WEB.replace("P30D", "P30Y")
                        .replace("postgres/orders-app", "orders-app")
                        .replace("10.0.0.0/8", "10.0.0.0/64"));

        assertThat(directory.errors())
                .extracting(ConfigurationError::line, ConfigurationError::field)
                .containsExactly(
                        tuple(4, "approle.secret-life"),
                        tuple(5, "reads.credentials[0]"),
                        tuple(6, "tokens.networks[0]"));
    }

    @Test
    void itLogsInInOneWay() {
        directory.file("identities/none.yaml", WEB.replace("approle: {secret-life: P30D}\n", ""));
        assertThat(directory.error().toString()).contains("approle: is missing").contains("jwt or kubernetes");

        directory.file("identities/none.yaml", DEPLOY + "approle: {}\n");
        assertThat(directory.error().toString()).contains("approle and jwt exclude each other");
    }

    @Test
    void aLifeIsNotLongerThanTheLongest() {
        directory.file("identities/wrong.yaml", WEB.replace("PT20M", "PT9H"));

        assertThat(directory.error().field()).isEqualTo("tokens.life");
    }

    @Test
    void keysAreNotFetchedFromAnywhere() {
        directory.file(
                "identities/wrong.yaml", DEPLOY.replace("https://ci.example.org/keys", "http://169.254.169.254/keys"));

        assertThat(directory.error().field()).isEqualTo("jwt.keys");
    }

    @Test
    void aPlanTellsFieldByFieldWhatChanges() {
        Identity before = read(WEB, "shop-web");
        Identity after = read(WEB.replace("PT20M", "PT30M"), "shop-web");

        assertThat(FieldList.differences(before, after))
                .singleElement()
                .satisfies(field -> assertThat(field.name()).isEqualTo("tokens.life"));
    }
}
