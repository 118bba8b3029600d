package dev.lockstep.signal.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LeakFinding;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.port.ReportReader;
import dev.lockstep.port.ReportReader.Delivery;
import dev.lockstep.testing.Loopback;
import dev.lockstep.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of sender sends, as its documentation shows it, and what only looks like it. */
class WebhookReportsTest {

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String WHSEC = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ALERT = """
            {"action": "created", "alert": {"number": 42, "secret_type": "postgres_connection_string", "validity": "active",
             "html_url": "https://github.com/acme/shop/security/secret-scanning/42", "publicly_leaked": false},
             "repository": {"full_name": "acme/shop", "visibility": "private"}}""";

    private static final String INCIDENT = """
            {"source": "GitGuardian", "timestamp": "2026-05-04T12:00:00.917977Z", "action": "incident_triggered",
             "message": "A new incident has been detected.", "incident": {"id": 31450, "detector": {"name": "postgresql_uri"},
             "secret_hash": "xxx", "validity": "valid", "severity": "high", "tags": ["PUBLICLY_EXPOSED"],
             "gitguardian_url": "https://dashboard.gitguardian.com/workspace/1/incidents/31450"}}""";

    private static final String FINDING = """
            {"version": "0", "id": "b45f0931", "detail-type": "GuardDuty Finding", "source": "aws.guardduty",
             "detail": {"schemaVersion": "2.0", "accountId": "957132980467", "id": "3eb35569068ae8ec3dabc5c77e74f491",
             "type": "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", "severity": 8,
             "resource": {"resourceType": "AccessKey", "accessKeyDetails": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE",
             "principalId": "AIDACKCEVSQ6C2EXAMPLE", "userType": "IAMUser", "userName": "orders"}}}}""";

    private final TestClock clock = TestClock.frozenAt(NOW);
    private final Senders senders = new Senders();
    private final WebhookTypes types =
            new WebhookTypes(SecretValue::of, Loopback.ALLOWED, new OutboundHttp(Loopback.ALLOWED), clock);

    @AfterEach
    void stop() {
        senders.close();
    }

    /** Key, body and signature that GitHub publishes for those who write such a check. */
    @Test
    void the_published_example_of_the_partner_program_is_genuine() {
        senders.publish(
                "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a",
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUqkCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4"
                        + "clayyef9gWhFbNHWAA==");
        Map<String, String> headers = Map.of(
                "github-public-key-identifier",
                "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a",
                "github-public-key-signature",
                "MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1BsNr32AIgQY1YXD2nlj+XNfGK4rBfkMJ1JDOQcYXxa2sY8FNkrKc=");
        String body = "[{\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"some_url\"}]";

        Delivery delivery = read(partner(), headers, body);

        LeakFinding found = delivery.findings().get(0);
        assertThat(Objects.requireNonNull(found.value())).isEqualTo(SecretValue.of("some_token"));
        assertThat(found.type()).isEqualTo("some_type");
        assertThat(found.exposure()).isEqualTo(Signal.Exposure.PUBLIC);
        assertThat(read(partner(), headers, body).id()).isEqualTo(delivery.id());
        forged(partner(), headers, body.replace("some_token", "other_token"));
        forged(partner(), headers, body + " ");
    }

    @Test
    void made_up_keys_are_looked_up_once_a_minute_and_known_ones_go_on_meanwhile() {
        KeyPair pair = senders.publish("known");
        String body = "[{\"token\":\"a\",\"type\":\"b\",\"url\":\"\"}]";
        ReportReader reader = partner();
        Map<String, String> genuine = Senders.partner("known", pair, body);
        read(reader, genuine, body);

        IntStream.range(0, 1000).forEach(i -> {
            Map<String, String> made = new HashMap<>(genuine);
            made.put("github-public-key-identifier", "made-up-" + i);
            forged(reader, made, body);
        });
        read(reader, genuine, body);
        assertThat(senders.asked()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(61));
        forged(reader, Senders.partner("made-up", pair, body), body);
        forged(reader, Senders.partner("made-up-again", pair, body), body);
        assertThat(senders.asked()).isEqualTo(2);
    }

    @Test
    void keys_that_cannot_be_looked_up_have_the_delivery_sent_again() {
        KeyPair pair = senders.publish("known");
        String body = "[]";
        ReportReader reader = partner();
        senders.answer(500);

        assertThatThrownBy(() -> read(reader, Senders.partner("known", pair, body), body))
                .isInstanceOf(RetryableException.class);
        assertThatThrownBy(() -> read(reader, Senders.partner("known", pair, body), body))
                .isInstanceOf(RetryableException.class);
        assertThat(senders.asked()).isEqualTo(1);

        senders.answer(200);
        clock.advance(Duration.ofMinutes(1));
        read(reader, Senders.partner("known", pair, body), body);

        senders.answer(500);
        clock.advance(Duration.ofDays(2));
        read(reader, Senders.partner("known", pair, body), body);
        assertThat(senders.asked()).isEqualTo(3);
    }

    @Test
    void an_alert_of_github_tells_repository_and_type() {
        Delivery delivery = read(alerts(), Senders.alert(SECRET, ALERT), ALERT);

        LeakFinding found = delivery.findings().get(0);
        assertThat(found.value()).isNull();
        assertThat(found.place()).isEqualTo("acme/shop");
        assertThat(found.type()).isEqualTo("postgres_connection_string");
        assertThat(found.confidence()).isEqualTo(Signal.Confidence.CONFIRMED);
        assertThat(found.exposure()).isEqualTo(Signal.Exposure.INTERNAL);
        forged(alerts(), Senders.alert("another secret", ALERT), ALERT);
        forged(alerts(), Senders.alert(SECRET, ALERT), ALERT.replace("acme/shop", "acme/shoq"));
    }

    /** GitHub documents this secret, body and signature for those who write such a check. */
    @Test
    void the_signature_of_an_alert_is_the_one_that_github_documents() {
        Map<String, String> headers = Map.of(
                "x-hub-signature-256",
                "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
                "x-github-event",
                "push");
        assertThatThrownBy(() -> read(alerts(), headers, "Hello, World!")).isInstanceOf(InvalidInput.class);
        forged(alerts(), headers, "Hello, World?");
    }

    @Test
    void only_news_of_github_is_a_finding() {
        String resolved = ALERT.replace("\"created\"", "\"resolved\"");
        String ping = "{\"zen\": \"Keep it logically awesome.\", \"hook_id\": 1}";

        assertThat(read(alerts(), Senders.alert(SECRET, resolved), resolved).findings())
                .isEmpty();
        assertThat(read(alerts(), Senders.alert(SECRET, ping), ping).findings()).isEmpty();
    }

    @Test
    void the_same_body_is_the_same_delivery_whatever_unsigned_number_it_has() {
        Map<String, String> again = new HashMap<>(Senders.alert(SECRET, ALERT));
        again.put("x-github-delivery", "another one");

        assertThat(read(alerts(), again, ALERT).id())
                .isEqualTo(read(alerts(), Senders.alert(SECRET, ALERT), ALERT).id());
    }

    @Test
    void an_incident_of_gitguardian_is_signed_together_with_its_time() {
        Map<String, String> headers = Senders.gitGuardian(SECRET, NOW.getEpochSecond(), INCIDENT);
        LeakFinding found = read(gitGuardian(), headers, INCIDENT).findings().get(0);

        assertThat(found.type()).isEqualTo("postgresql_uri");
        assertThat(found.exposure()).isEqualTo(Signal.Exposure.PUBLIC);
        assertThat(found.confidence()).isEqualTo(Signal.Confidence.CONFIRMED);
        Map<String, String> later = new HashMap<>(headers);
        later.put("timestamp", Long.toString(NOW.getEpochSecond() + 1));
        forged(gitGuardian(), later, INCIDENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, -86_400})
    void a_signature_of_another_time_is_stale(long seconds) {
        long sent = NOW.getEpochSecond() + seconds;

        stale(gitGuardian(), Senders.gitGuardian(SECRET, sent, INCIDENT), INCIDENT);
        stale(standard(), Senders.standard(WHSEC, "msg_1", sent, "{}"), "{}");
    }

    @ParameterizedTest
    @ValueSource(longs = {-299, 0, 299})
    void clocks_may_differ_a_little(long seconds) {
        long sent = NOW.getEpochSecond() + seconds;
        assertThat(read(gitGuardian(), Senders.gitGuardian(SECRET, sent, INCIDENT), INCIDENT)
                        .findings())
                .hasSize(1);
    }

    @Test
    void a_finding_of_guardduty_tells_the_key_that_is_misused() {
        Map<String, String> headers = Map.of("x-api-key", SECRET);
        LeakFinding found = read(guardDuty(), headers, FINDING).findings().get(0);

        assertThat(found.accounts()).containsExactly("AKIAIOSFODNN7EXAMPLE");
        assertThat(found.kind()).isEqualTo(Signal.Kind.LEAK);
        assertThat(found.place()).isEqualTo("957132980467/orders");
        forged(guardDuty(), Map.of("x-api-key", SECRET + "x"), FINDING);
        forged(guardDuty(), Map.of(), FINDING);
        String other = FINDING.replace("GuardDuty Finding", "Scheduled Event");
        assertThat(read(guardDuty(), headers, other).findings()).isEmpty();
    }

    @Test
    void the_published_example_of_standard_webhooks_is_genuine() {
        clock.set(Instant.ofEpochSecond(1614265330));
        Map<String, String> headers = Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,c2lnbmF0dXJl v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,x");
        assertThatThrownBy(() -> read(standard(), headers, "{\"test\": 2432232314}"))
                .as("the signature is right, and the body is no report")
                .isInstanceOf(InvalidInput.class);
        forged(standard(), headers, "{\"test\": 2432232315}");
    }

    @Test
    void a_report_by_standard_webhooks_has_the_fields_of_a_report_by_api() {
        String body = """
                {"type": "leak.found", "timestamp": "2026-05-04T12:00:00Z", "data": {"leaked": "hunter2", "exposure": "public",
                 "confidence": "confirmed", "location": "https://example.org/x"}}""";
        Delivery delivery = read(standard(), Senders.standard(WHSEC, "msg_1", NOW.getEpochSecond(), body), body);

        assertThat(delivery.id()).isEqualTo("msg_1");
        LeakFinding found = delivery.findings().get(0);
        assertThat(Objects.requireNonNull(found.value())).isEqualTo(SecretValue.of("hunter2"));
        assertThat(found.exposure()).isEqualTo(Signal.Exposure.PUBLIC);
        assertThat(found.kind()).isEqualTo(Signal.Kind.LEAK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense hunter2",
                "{\"data\": \"hunter2\"}",
                "{\"data\": {}}",
                "{\"data\": {\"leaked\": \"hunter2\", \"kind\": \"hunter2\"}}",
                "{\"data\": {\"leaked\": \"a\", \"leaked\": \"hunter2\"}}",
                "{\"data\": {\"leaked\": \"hunter2\"}} {}"
            })
    void what_cannot_be_understood_is_refused_without_being_quoted(String body) {
        Map<String, String> headers = Senders.standard(WHSEC, "msg_1", NOW.getEpochSecond(), body);

        InvalidInput refused = catchThrowableOfType(InvalidInput.class, () -> read(standard(), headers, body));

        assertThat(refused).isNotNull();
        assertThat(String.valueOf(refused.getMessage())).doesNotContain("hunter2");
        assertThat(refused.getCause()).isNull();
    }

    @Test
    void a_genuine_report_that_is_nested_ten_thousand_deep_is_refused() {
        String body = "{\"data\":".repeat(10_000) + "\"hunter2\"" + "}".repeat(10_000);
        Map<String, String> headers = Senders.standard(WHSEC, "msg_1", NOW.getEpochSecond(), body);

        assertThatThrownBy(() -> read(standard(), headers, body))
                .isInstanceOf(InvalidInput.class)
                .hasNoCause()
                .hasMessageNotContaining("hunter2");
    }

    private ReportReader partner() {
        return types.partner().open(new Endpoint("p", "github-partner", Map.of("keys", senders.url())));
    }

    private ReportReader alerts() {
        return types.alerts().open(new Endpoint("a", "github-alerts", Map.of("secret", SECRET)));
    }

    private ReportReader gitGuardian() {
        return types.gitGuardian().open(new Endpoint("g", "gitguardian", Map.of("secret", SECRET)));
    }

    private ReportReader guardDuty() {
        return types.guardDuty().open(new Endpoint("d", "guardduty", Map.of("secret", SECRET)));
    }

    private ReportReader standard() {
        return types.standard().open(new Endpoint("s", "standard-webhooks", Map.of("secret", WHSEC)));
    }

    private static Delivery read(ReportReader reader, Map<String, String> headers, String body) {
        return reader.read(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void forged(ReportReader reader, Map<String, String> headers, String body) {
        assertThat(refused(reader, headers, body).isStale()).isFalse();
    }

    private static void stale(ReportReader reader, Map<String, String> headers, String body) {
        assertThat(refused(reader, headers, body).isStale()).isTrue();
    }

    private static Untrusted refused(ReportReader reader, Map<String, String> headers, String body) {
        Untrusted refused = catchThrowableOfType(Untrusted.class, () -> read(reader, headers, body));
        assertThat(refused).isNotNull();
        return refused;
    }
}
