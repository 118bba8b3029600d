package dev.lockstep.notify.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Channel;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.TestCertificate;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods are replaced once for each version; over HTTP against what the API of Kubernetes is documented to answer. */
class KubernetesChannelTest {

    private static final String TOKEN = "canary-token-of-the-cluster";
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123Z");
    private static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    private static final CredentialName BILLING = CredentialName.of("prod/shop/postgres/billing-app");

    private ApiServer server;

    @BeforeEach
    void start() {
        server = ApiServer.of("/apis/apps/v1/namespaces/shop/deployments/web");
        server.accept(TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Notice told(String kind, CredentialName credential, int version, long place) {
        return new Notice(
                kind, "info", "web", "s", "t", "/v1", new Notice.About(new SecretRef(credential, version), place));
    }

    private static Notice promoted(CredentialName credential, int version, long place) {
        return told("version.promoted", credential, version, place);
    }

    private Channel channel() {
        return channel(Map.of());
    }

    private Channel channel(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("api", server.url(), "namespace", "shop", "deployment", "web", "token", "${file:/run/token}"));
        settings.putAll(more);
        settings.values().removeIf(String::isEmpty);
        return new KubernetesChannelAdapter(reference -> SecretValue.of(TOKEN + "\n"), Loopback.ALLOWED)
                .open(new Endpoint("web-pods", "kubernetes", settings));
    }

    @Test
    void a_promoted_version_restarts_as_kubectl_does_and_says_for_what() {
        channel().send("msg_1", promoted(ORDERS, 8, 123), NOON);

        assertThat(server.generation()).isEqualTo(2);
        assertThat(server.annotations()
                        .path("kubectl.kubernetes.io/restartedAt")
                        .asText())
                .isEqualTo("2026-05-04T12:00:00Z");
        assertThat(server.annotations().toString()).contains("\"prod/shop/postgres/orders-app@8#123\"");
        assertThat(server.annotations().path("kept").asText()).isEqualTo("yes");
        assertThat(server.requests())
                .containsExactly(
                        "GET /apis/apps/v1/namespaces/shop/deployments/web",
                        "PATCH /apis/apps/v1/namespaces/shop/deployments/web");
    }

    @Test
    void a_repeat_restarts_nothing_even_when_the_answer_was_lost_and_others_have_restarted_since() {
        server.loseTheNextAnswer();
        assertThatThrownBy(() -> channel().send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("did not answer");
        assertThat(server.generation()).isEqualTo(2);
        channel().send("msg_2", promoted(BILLING, 3, 124), NOON.plusSeconds(5));
        assertThat(server.generation()).isEqualTo(3);

        channel().send("msg_1", promoted(ORDERS, 8, 123), NOON);
        channel().send("msg_2", promoted(BILLING, 3, 124), NOON.plusSeconds(5));

        assertThat(server.generation()).isEqualTo(3);
    }

    @Test
    void what_comes_too_late_restarts_nothing_and_a_return_to_a_version_does() {
        channel().send("msg_2", promoted(ORDERS, 9, 130), NOON);
        channel().send("msg_1", promoted(ORDERS, 8, 123), NOON);
        assertThat(server.generation()).isEqualTo(2);

        channel().send("msg_3", promoted(ORDERS, 8, 131), NOON.plusSeconds(60));
        assertThat(server.generation()).isEqualTo(3);
    }

    @Test
    void a_release_restarts_and_the_promotion_of_that_version_does_not_restart_again() {
        channel().send("msg_1", told("version.released", ORDERS, 9, 130), NOON);
        assertThat(server.generation()).isEqualTo(2);
        assertThat(server.annotations().toString()).contains("\"prod/shop/postgres/orders-app@9:released#130\"");

        channel().send("msg_1", told("version.released", ORDERS, 9, 130), NOON);
        channel().send("msg_2", promoted(ORDERS, 9, 140), NOON.plusSeconds(60));
        assertThat(server.generation()).isEqualTo(2);

        channel().send("msg_3", promoted(ORDERS, 8, 141), NOON.plusSeconds(120));
        assertThat(server.generation()).as("everybody goes back").isEqualTo(3);
    }

    @Test
    void a_withdrawal_restarts_once_and_what_comes_late_does_not() {
        channel().send("msg_1", told("version.released", ORDERS, 9, 130), NOON);
        channel().send("msg_2", told("version.withdrawn", ORDERS, 9, 135), NOON.plusSeconds(60));
        channel().send("msg_2", told("version.withdrawn", ORDERS, 9, 135), NOON.plusSeconds(60));
        assertThat(server.generation()).isEqualTo(3);
        assertThat(server.annotations().toString()).contains("@9:withdrawn#135");

        channel().send("msg_1", told("version.released", ORDERS, 9, 130), NOON.plusSeconds(90));
        assertThat(server.generation()).isEqualTo(3);
    }

    @Test
    void a_promotion_restarts_when_the_release_did_not_arrive_or_was_of_another_version_or_was_withdrawn() {
        channel().send("msg_1", promoted(ORDERS, 9, 140), NOON);
        assertThat(server.generation()).as("not arrived").isEqualTo(2);
        channel().send("msg_2", told("version.released", ORDERS, 9, 130), NOON);
        assertThat(server.generation()).as("arrived late").isEqualTo(2);

        channel().send("msg_3", told("version.released", ORDERS, 99, 150), NOON);
        channel().send("msg_4", promoted(ORDERS, 9, 151), NOON);
        assertThat(server.generation()).as("another one").isEqualTo(4);

        channel().send("msg_5", told("version.released", ORDERS, 100, 160), NOON);
        channel().send("msg_6", told("version.withdrawn", ORDERS, 100, 161), NOON);
        channel().send("msg_7", promoted(ORDERS, 100, 162), NOON);
        assertThat(server.generation()).as("withdrawn").isEqualTo(7);
    }

    @Test
    void a_release_of_another_credential_is_another_matter() {
        channel().send("msg_1", told("version.released", BILLING, 9, 130), NOON);
        channel().send("msg_2", promoted(ORDERS, 9, 131), NOON);

        assertThat(server.generation()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version.retired", "version.revoked"})
    void what_ends_restarts_nothing(String kind) {
        channel().send("msg_1", told(kind, ORDERS, 8, 123), NOON);
        channel().send("msg_2", new Notice("task.open", "high", "operators", "s", "t", ""), NOON);

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_change_that_somebody_makes_meanwhile_is_not_undone() {
        server.beforePatch(server::touch);
        assertThatThrownBy(() -> channel().send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("newer deployment shop/web");
        assertThat(server.generation()).isEqualTo(1);

        server.beforePatch(() -> {});
        channel().send("msg_1", promoted(ORDERS, 8, 123), NOON);
        assertThat(server.generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"401, renew it", "403, give it a role", "404, correct its name"})
    void what_somebody_has_to_correct_is_said_without_the_token(int status, String advice) {
        server.fail(status);

        assertThatThrownBy(() -> channel().send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("channel web-pods")
                .hasMessageContaining(advice)
                .message()
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 429, 500, 503})
    void what_may_pass_is_tried_again(int status) {
        server.fail(status);

        assertThatThrownBy(() -> channel().send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("answered " + status);
    }

    @Test
    void only_the_certificates_of_the_file_are_trusted(@TempDir Path directory) throws Exception {
        TestCertificate own = TestCertificate.named(directory, "api");
        TestCertificate other = TestCertificate.named(directory, "other");
        own.write(directory.resolve("own.pem"), directory.resolve("own.key"));
        other.write(directory.resolve("other.pem"), directory.resolve("other.key"));
        server.close();
        server = new ApiServer("/apis/apps/v1/namespaces/shop/statefulsets/db", own);
        server.accept(TOKEN);
        Map<String, String> database = new HashMap<>(Map.of("deployment", "", "statefulset", "db"));

        assertThatThrownBy(() -> channel(database).send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(RetryableException.class);
        database.put("certificates", directory.resolve("other.pem").toString());
        assertThatThrownBy(() -> channel(database).send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(RetryableException.class);
        database.put("certificates", directory.resolve("none.pem").toString());
        assertThatThrownBy(() -> channel(database).send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("PEM");
        assertThat(server.requests()).isEmpty();

        database.put("certificates", directory.resolve("own.pem").toString());
        channel(database).send("msg_1", promoted(ORDERS, 8, 123), NOON);
        assertThat(server.generation()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "api, ''",
        "api, http://kube.example.org",
        "api, https://user:pw@kube.example.org",
        "api, https://kube.example.org/?x=1",
        "api, https://169.254.169.254",
        "namespace, ''",
        "namespace, ../../secrets",
        "deployment, a/b",
        "deployment, 'web?x'",
        "token, ''"
    })
    void settings_that_are_not_safe_are_refused_at_start(String field, String value) {
        assertThatThrownBy(() -> channel(Map.of(field, value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    @Test
    void one_workload_is_named() {
        assertThatThrownBy(() -> channel(Map.of("statefulset", "db"))).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> channel(Map.of("deployment", ""))).isInstanceOf(InvalidInput.class);
    }

    @Test
    void where_lockstep_may_not_connect_to_nothing_is_sent() {
        Channel channel = new KubernetesChannel(
                "web-pods",
                new Workload(server.url(), "shop", "deployment", "web"),
                "${file:/run/token}",
                Optional.empty(),
                reference -> SecretValue.of(TOKEN),
                OutboundRules.STANDARD);

        assertThatThrownBy(() -> channel.send("msg_1", promoted(ORDERS, 8, 123), NOON))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("loop-back");
        assertThat(server.requests()).isEmpty();
    }
}
