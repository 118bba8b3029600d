package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a server of its own is set up: {@code pg_hba.conf}, TLS, modules. */
class ServerRulesTest {

    private static final SecretValue RIGHT = SecretValue.of("canary-right");
    private static final SecretValue WRONG = SecretValue.of("canary-wrong");

    private static PostgresServer server;
    private static Fixture fixture;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = PostgresServer.start();
        fixture = Fixture.on(server);
        for (String role : new String[] {"trusted", "rejected", "plain", "hashed", "only_tls"}) {
            fixture.role(role, RIGHT);
        }
        server.execute(
                "postgres",
                "SET password_encryption = md5",
                "ALTER ROLE hashed PASSWORD '" + Fixture.text(RIGHT) + "'");
        Path certificates = serverCertificate(directory, "server");
        serverCertificate(directory, "stranger");
        server.execute(
                "postgres",
                "ALTER SYSTEM SET ssl = on",
                "ALTER SYSTEM SET ssl_cert_file = '" + certificates + "'",
                "ALTER SYSTEM SET ssl_key_file = '"
                        + Path.of(fixture.value("postgres", "SHOW data_directory"), "server.key") + "'");
        Path rules = Path.of(fixture.value("postgres", "SHOW hba_file"));
        Files.writeString(rules, """
                host all trusted all trust
                host all rejected all reject
                host all plain all password
                host all hashed all md5
                hostssl all only_tls all scram-sha-256
                host all only_tls all reject
                """ + Files.readString(rules));
        server.execute("postgres", "SELECT pg_reload_conf()");
        awaitRules();
    }

    private static void awaitRules() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (server.logsIn("postgres", "trusted", "anything")) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the server has not taken its new rules");
    }

    /** Makes a self-signed certificate for localhost; the key goes where the server may read it. */
    private static Path serverCertificate(Path directory, String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Path data = Path.of(fixture.value("postgres", "SHOW data_directory"));
        Path certificate = data.resolve(name + ".crt");
        Path key = data.resolve(name + ".key");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey(name, "changeit".toCharArray()).getEncoded()));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.setOwner(key, Files.getOwner(data));
        Files.setOwner(certificate, Files.getOwner(data));
        return certificate;
    }

    private static String pem(String type, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void a_server_that_accepts_any_password_is_found_out() {
        Account account = fixture.account("trusted");

        for (SecretValue secret : new SecretValue[] {RIGHT, WRONG}) {
            assertMisconfigured(() -> fixture.target().verify(account, secret), "accepts any password");
            assertMisconfigured(() -> fixture.target().verifyDead(account, secret), "accepts any password");
        }
    }

    @Test
    void a_server_that_wants_plain_text_does_not_get_it() {
        assertMisconfigured(() -> fixture.target().verify(fixture.account("plain"), RIGHT), "plain text");
    }

    @Test
    void a_rejected_host_says_nothing_about_the_secret() {
        assertMisconfigured(() -> fixture.target().verify(fixture.account("rejected"), RIGHT), "pg_hba.conf");
        assertMisconfigured(() -> fixture.target().verifyDead(fixture.account("rejected"), RIGHT), "pg_hba.conf");
    }

    @Test
    void a_password_that_was_stored_as_md5_is_verified_and_replaced() {
        Account account = fixture.account("hashed");
        assertThat(fixture.target().verify(account, RIGHT)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(fixture.target().verify(account, WRONG)).isEqualTo(LoginResult.REFUSED);

        fixture.target().apply(account, WRONG);

        assertThat(fixture.target().verify(account, WRONG)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(fixture.value("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'hashed'"))
                .startsWith("SCRAM-SHA-256$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full", "prefer"})
    void tls_is_used_and_the_certificate_checked(String sslmode) {
        assertThat(overTls(sslmode, "localhost", "server").verify(fixture.account("only_tls"), RIGHT))
                .isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void without_tls_a_host_that_needs_it_is_rejected() {
        assertMisconfigured(
                () -> overTls("disable", "localhost", "server").verify(fixture.account("only_tls"), RIGHT),
                "pg_hba.conf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void a_certificate_of_a_stranger_is_not_trusted(String sslmode) {
        assertUnreachable(overTls(sslmode, "localhost", "stranger"));
    }

    @Test
    void a_certificate_for_another_name_is_not_trusted() {
        assertUnreachable(overTls("verify-full", "127.0.0.1", "server"));
    }

    @Test
    void without_a_certificate_file_the_platforms_trust_store_decides() {
        assertUnreachable(fixture.target(Map.of("host", "localhost", "sslmode", "verify-full")));
    }

    private static void assertUnreachable(Target target) {
        assertThatThrownBy(() -> target.verify(fixture.account("only_tls"), RIGHT))
                .hasMessageContaining("TLS")
                .extracting(e -> ((LockstepException) e).code())
                .isEqualTo(FailureCode.TARGET_UNREACHABLE);
        assertThat(target.health().up()).isFalse();
    }

    private static Target overTls(String sslmode, String host, String certificate) {
        Path data = Path.of(fixture.value("postgres", "SHOW data_directory"));
        return fixture.target(Map.of(
                "host",
                host,
                "sslmode",
                sslmode,
                "sslrootcert",
                data.resolve(certificate + ".crt").toString()));
    }

    private static void assertMisconfigured(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .hasMessageContaining(text)
                .hasMessageNotContaining("canary-")
                .extracting(e -> ((LockstepException) e).code())
                .isEqualTo(FailureCode.MISCONFIGURED);
    }
}
