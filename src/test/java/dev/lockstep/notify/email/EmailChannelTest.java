package dev.lockstep.notify.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Notice;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Channel;
import dev.lockstep.testing.Loopback;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailChannelTest {

    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final String PASSWORD = "of-the-mailbox";

    @TempDir
    static Path directory;

    private static MailCertificate certificate;

    private GreenMail server = new GreenMail();

    @BeforeAll
    static void certify() throws Exception {
        certificate = MailCertificate.in(directory, "127.0.0.1");
        System.setProperty("greenmail.tls.keystore.file", certificate.keystore().toString());
        System.setProperty("greenmail.tls.keystore.password", certificate.password());
        System.setProperty("greenmail.tls.key.password", certificate.password());
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void a_notice_arrives_as_a_mail_at_everybody() throws Exception {
        Channel channel = channel(start("smtp"), Map.of("security", "none", "to", "a@example.org, b@example.org"));

        channel.send("msg_1", notice("Somebody is asked"), NOW);

        assertThat(server.getReceivedMessages()).hasSize(2);
        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[HIGH] Somebody is asked");
        assertThat(mail.getFrom()[0]).hasToString("lockstep@example.org");
        assertThat(mail.getMessageID()).isEqualTo("<msg_1@lockstep>");
        assertThat(mail.getSentDate()).hasTime(NOW.toEpochMilli());
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getContent().toString())
                .contains("What to do – now.")
                .contains("https://lockstep.example.org/x")
                .contains("task.open, for operators");
    }

    @Test
    void a_subject_cannot_become_a_header() throws Exception {
        Channel channel = channel(start("smtp"), Map.of("security", "none"));

        channel.send("msg_1", notice("One\r\nBcc: everybody@example.org"), NOW);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("[HIGH] One Bcc: everybody@example.org");
        assertThat(mail.getHeader("Bcc")).isNull();
    }

    @Test
    void a_login_is_made_with_the_password_of_the_reference() {
        int port = start("smtp");
        server.setUser("lockstep@example.org", "lockstep", PASSWORD);
        Map<String, String> login = Map.of("security", "none", "user", "lockstep", "password", PASSWORD);

        channel(port, login).send("msg_1", notice("Hello"), NOW);

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_refused_login_is_told_without_the_password() {
        int port = start("smtp");
        server.setUser("lockstep@example.org", "lockstep", PASSWORD);
        Map<String, String> login = Map.of("security", "none", "user", "lockstep", "password", "a-wrong-one");

        assertThatThrownBy(() -> channel(port, login).send("msg_1", notice("Hello"), NOW))
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("AuthenticationFailedException")
                .hasNoCause()
                .message()
                .doesNotContain("a-wrong-one");
    }

    @Test
    void over_tls_a_certificate_that_nobody_trusts_is_refused() {
        int port = start("smtps");

        assertThatThrownBy(() -> channel(port, Map.of("security", "tls")).send("msg_1", notice("Hello"), NOW))
                .isInstanceOf(RetryableException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void over_tls_a_trusted_certificate_is_accepted() {
        int port = start("smtps");
        String trusted = certificate.pem().toString();

        channel(port, Map.of("security", "tls", "certificates", trusted)).send("msg_1", notice("Hello"), NOW);

        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void a_trusted_certificate_for_another_host_is_refused(@TempDir Path other) throws Exception {
        MailCertificate foreign = MailCertificate.in(other, "mail.example.org");
        try (StartTlsServer starttls = new StartTlsServer(foreign.server())) {
            Map<String, String> settings = Map.of("certificates", foreign.pem().toString());

            assertThatThrownBy(() -> channel(starttls.port(), settings).send("msg_1", notice("Hello"), NOW))
                    .isInstanceOf(RetryableException.class);
            assertThat(starttls.overTls).noneMatch(line -> line.startsWith("MAIL"));
        }
    }

    @Test
    void with_starttls_login_and_mail_go_over_tls() throws Exception {
        try (StartTlsServer starttls = new StartTlsServer(certificate.server())) {
            Map<String, String> settings =
                    Map.of("certificates", certificate.pem().toString(), "user", "lockstep", "password", PASSWORD);

            channel(starttls.port(), settings).send("msg_1", notice("Hello"), NOW);

            assertThat(starttls.overTls)
                    .anyMatch(line -> line.startsWith("AUTH"))
                    .anyMatch(line -> line.startsWith("MAIL FROM:<lockstep@example.org>"))
                    .contains("Subject: [HIGH] Hello");
        }
    }

    @Test
    void nothing_is_sent_to_a_server_that_offers_no_starttls() {
        int port = start("smtp");

        assertThatThrownBy(() -> channel(port, Map.of()).send("msg_1", notice("Hello"), NOW))
                .isInstanceOf(RetryableException.class);
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "host, ''",
        "from, nobody at all",
        "to, ''",
        "port, 99999",
        "security, maybe",
        "certificates, /no/such/file",
    })
    void a_setting_that_cannot_work_is_named(String field, String value) {
        assertThatThrownBy(() -> channel(25, Map.of(field, value)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private int start(String protocol) {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
        server.start();
        return protocol.equals("smtps")
                ? server.getSmtps().getPort()
                : server.getSmtp().getPort();
    }

    private static Notice notice(String subject) {
        return new Notice(
                "task.open", "high", "operators", subject, "What to do – now.", "https://lockstep.example.org/x");
    }

    private static Channel channel(int port, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                Integer.toString(port),
                "from",
                "lockstep@example.org",
                "to",
                "oncall@example.org"));
        settings.putAll(more);
        return new EmailChannelAdapter(SecretValue::of, Loopback.ALLOWED).open(new Endpoint("mail", "email", settings));
    }
}
