package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.Loopback;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class EndpointSettingsTest {

    private static Endpoint endpoint(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(
                Map.of("host", "db.example.org", "admin", "lockstep", "password", "${env:PG_ADMIN_PASSWORD}"));
        settings.putAll(changes);
        settings.values().removeIf("(none)"::equals);
        return new Endpoint("orders-db", "postgresql", settings);
    }

    private static EndpointSettings settings(Map<String, String> changes) {
        return EndpointSettings.of(endpoint(changes));
    }

    private static PGSimpleDataSource source(Map<String, String> changes) throws SQLException {
        return new Sessions(settings(changes), SecretValue::of, Loopback.ALLOWED).source("shop");
    }

    @Test
    void three_settings_are_enough() {
        EndpointSettings settings = settings(Map.of());

        assertThat(settings.port()).isEqualTo(5432);
        assertThat(settings.database()).isEqualTo("postgres");
        assertThat(settings.sslmode()).isEqualTo("verify-full");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.callTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1"})
    void loop_back_prefers_tls_and_does_not_insist(String host) {
        assertThat(settings(Map.of("host", host)).sslmode()).isEqualTo("prefer");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "host, (none)",
                "host, ` `",
                "host, db/../x",
                "host, db:5432",
                "`host`, `a,b`",
                "host, db?sslmode=disable",
                "host, db&x=y",
                "host, jdbc:postgresql://db/x",
                "host, jdbc:h2:mem:x;INIT=RUNSCRIPT",
                "host, http://db",
                "host, /var/run/postgresql",
                "host, user@db",
                "host, 169.254.169.254",
                "host, fe80::1",
                "host, ::ffff:169.254.169.254",
                "host, 0.0.0.0",
                "host, ::",
                "host, 224.0.0.1",
                "host, 2852039166",
                "host, 0xA9FEA9FE",
                "host, 999.1.1.1",
                "host, 127.1",
                "host, 1::2::3",
                "host, [::1]",
                "port, 0",
                "port, 65536",
                "port, -1",
                "port, 5432x",
                "port, ``",
                "port, 99999999999",
                "admin, (none)",
                "admin, ``",
                "admin, a-name-that-is-longer-than-the-sixty-three-bytes-that-fit-in-a-name!",
                "password, (none)",
                "database, ``",
                "sslmode, allow",
                "sslmode, VERIFY-FULL",
                "sslmode, ``",
                "sslrootcert, /no/such/file",
                "sslrootcert, ``",
                "connect-timeout, 3",
                "connect-timeout, PT0S",
                "connect-timeout, PT-1S",
                "connect-timeout, PT1H",
                "call-timeout, P1000000000Y",
                "call-timeout, PT",
                "url, jdbc:postgresql://db/x",
                "sslfactory, org.example.Any",
                "socketFactory, org.example.Any"
            })
    void a_malformed_setting_is_named(String field, String value) {
        assertThatThrownBy(() -> new PostgresqlTargetAdapter(SecretValue::of, Loopback.ALLOWED)
                        .open(endpoint(Map.of(field, value))))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void the_password_is_neither_looked_up_nor_printed_when_a_target_is_opened() {
        Target target = new PostgresqlTargetAdapter(
                        reference -> {
                            throw new IllegalStateException("looked up");
                        },
                        Loopback.ALLOWED)
                .open(endpoint(Map.of("password", "canary-in-the-file")));

        assertThat(target.timeout()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(9));
        assertThat(settings(Map.of("password", "canary-in-the-file")).toString())
                .doesNotContain("canary");
    }

    @Test
    void the_driver_gets_exactly_what_was_configured(@TempDir Path directory) throws Exception {
        Path certificates = Files.createFile(directory.resolve("ca & co.crt"));

        PGSimpleDataSource source = source(Map.of(
                "port", "6432",
                "sslrootcert", certificates.toString(),
                "connect-timeout", "PT1.2S",
                "call-timeout", "PT4S"));

        assertThat(source.getServerNames()).containsExactly("db.example.org");
        assertThat(source.getPortNumbers()).containsExactly(6432);
        assertThat(source.getDatabaseName()).isEqualTo("shop");
        assertThat(source.getSslMode()).isEqualTo("verify-full");
        assertThat(source.getSslRootCert()).isEqualTo(certificates.toString());
        assertThat(source.getSslfactory()).isEqualTo("org.postgresql.ssl.LibPQFactory");
        assertThat(source.getConnectTimeout()).isEqualTo(2);
        assertThat(source.getSocketTimeout()).isEqualTo(6);
        assertThat(source.getProperty("loginTimeout")).isEqualTo("5.200");
        assertThat(source.getApplicationName()).isEqualTo("lockstep");
    }

    @ParameterizedTest
    @CsvSource({"verify-full, true", "verify-ca, true", "require, false", "prefer, false", "disable, false"})
    void without_certificate_file_the_platforms_trust_store_checks(String sslmode, boolean platform)
            throws SQLException {
        PGSimpleDataSource source = source(Map.of("sslmode", sslmode));

        assertThat(source.getSslMode()).isEqualTo(sslmode);
        assertThat("org.postgresql.ssl.DefaultJavaSSLFactory".equals(source.getSslfactory()))
                .isEqualTo(platform);
    }

    @Test
    void nothing_in_a_name_becomes_a_connection_parameter() throws SQLException {
        PGSimpleDataSource source = new Sessions(settings(Map.of("host", "::1")), SecretValue::of, Loopback.ALLOWED)
                .source("shop?sslmode=disable&user=x");

        assertThat(source.getServerNames()).containsExactly("[::1]");
        assertThat(source.getUrl()).contains("shop%3Fsslmode%3Ddisable%26user%3Dx");
    }

    @Test
    void a_name_that_leads_where_nothing_may_is_not_connected_to() throws Exception {
        String name = InetAddress.getLocalHost().getHostName();
        OutboundRules elsewhere = OutboundRules.of(List.of(), List.of("203.0.113.0/24"));
        Target target = new PostgresqlTargetAdapter(SecretValue::of, elsewhere).open(endpoint(Map.of("host", name)));

        assertThat(target.health().up()).isFalse();
        assertThat(target.health().detail()).contains("of " + name + " is ").contains("lockstep.outbound.");
    }
}
