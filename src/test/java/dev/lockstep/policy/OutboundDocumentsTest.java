package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.notify.email.EmailChannelAdapter;
import dev.lockstep.notify.webhook.WebhookChannelAdapter;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.target.postgresql.PostgresqlTargetAdapter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that Lockstep must not connect to are refused with their place, as far as the text shows them. */
class OutboundDocumentsTest {

    private static final OutboundRules RULES = OutboundRules.STANDARD;

    private final ConfigDir directory;
    private final ConfigurationLoader loader = new ConfigurationLoader(
            Adapters.targets(Stream.of(new PostgresqlTargetAdapter(SecretValue::of, RULES))),
            ConfigDir.STORES,
            Adapters.channels(Stream.of(
                    new EmailChannelAdapter(SecretValue::of, RULES),
                    new WebhookChannelAdapter(SecretValue::of, Clock.systemUTC(), RULES, new OutboundHttp(RULES)))),
            ConfigDir.SOURCES,
            Duration.ofMinutes(1));

    OutboundDocumentsTest(@TempDir Path root) {
        this.directory = new ConfigDir(root);
    }

    private void refused(String field, int line) {
        List<ConfigurationError> errors;
        try {
            loader.load(directory.root().toString(), ConfigDir.NOW);
            errors = List.of();
        } catch (ConfigurationErrors refused) {
            errors = refused.errors();
        }
        assertThat(errors).hasSize(1);
        ConfigurationError error = errors.get(0);
        assertThat(error.field()).isEqualTo(field);
        assertThat(error.line()).isEqualTo(line);
        assertThat(error.column()).isPositive();
        assertThat(error.advice()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1",
                "::1",
                "169.254.169.254",
                "fe80::1",
                "0.0.0.0",
                "2130706433",
                "127.1",
                "db.example.org,127.0.0.1",
                "db.example.org:5432",
                "db.example.org/postgres?socketFactory=x",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://x/y.sql'",
                "file:///etc/passwd",
                "db.example.org\\n127.0.0.1",
                "/var/run/postgresql"
            })
    void a_host_of_a_target(String host) {
        directory.file("targets/db.yaml", """
                kind: Target
                name: db
                type: postgresql
                settings:
                  host: "%s"
                  admin: lockstep
                  password: ${env:X}
                """.formatted(host));

        refused("settings.host", 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/hook",
                "http://127.0.0.1:8080/hook",
                "https://[::1]/hook",
                "https://[::ffff:127.0.0.1]/hook",
                "https://169.254.169.254/latest/meta-data/",
                "https://2130706433/hook",
                "https://0x7f.1/hook",
                "https://user:secret@hooks.example.org/",
                "http://hooks.example.org/",
                "file:///etc/passwd",
                "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://x/y.sql'",
                "ftp://hooks.example.org/",
                "//hooks.example.org/hook"
            })
    void an_address_of_a_webhook(String url) {
        directory.file("channels/hook.yaml", """
                kind: Channel
                name: hook
                type: webhook
                settings:
                  url: "%s"
                  secret: ${env:X}
                """.formatted(url));

        refused("settings.url", 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "169.254.169.254", "::1"})
    void a_host_of_a_mail_server(String host) {
        directory.file("channels/mail.yaml", """
                kind: Channel
                name: mail
                type: email
                settings:
                  host: "%s"
                  from: lockstep@example.org
                  to: dba@example.org
                """.formatted(host));

        refused("settings.host", 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:9090/health",
                "http://127.0.0.1/health",
                "http://[::1]/health",
                "http://169.254.169.254/latest/meta-data/",
                "http://0/health",
                "file:///etc/passwd",
                "http://user:secret@shop.example.org/"
            })
    void a_health_page_of_a_canary(String url) {
        directory.file("policies/app.yaml", Samples.CRON_POLICY + """
                canary:
                  waves: [{share: 10, soak: PT10M}]
                  health: {http: "%s"}
                """.formatted(url));

        refused("canary.health.http", 9);
    }
}
