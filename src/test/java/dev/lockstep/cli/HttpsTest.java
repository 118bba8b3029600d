package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with a certificate of one's own, and proxies. */
class HttpsTest {

    private static final String STORE_PASSWORD = "of-the-store";

    private final Path home;
    private final Shell shell;

    HttpsTest(@TempDir Path home) {
        this.home = home;
        this.shell = new Shell(home);
        shell.set("LOCKSTEP_USER", "vera")
                .set("LOCKSTEP_PASSWORD_FILE", shell.secret("password", "x").toString());
    }

    @Test
    void a_certificate_is_trusted_when_its_authority_is_named_and_not_before() throws Exception {
        Path certificate = home.resolve("ca.pem");
        try (StandIn server = StandIn.https(context(certificate), asked -> new StandIn.Answer(200, "[]"))) {
            Shell.Run refused = shell.run("tasks", "-s", server.address());
            assertThat(refused.code()).isEqualTo(7);
            assertThat(refused.err()).contains("certificate").contains("--ca-file");

            assertThat(shell.run("tasks", "-s", server.address(), "--ca-file", certificate.toString())
                            .code())
                    .isZero();

            Path other = shell.file("other.pem", "no certificate", "rw-r--r--");
            assertThat(shell.run("tasks", "-s", server.address(), "--ca-file", other.toString())
                            .code())
                    .isEqualTo(2);
        }
    }

    @Test
    void a_proxy_is_asked_for_what_is_elsewhere_and_not_for_what_is_excepted() throws Exception {
        try (StandIn proxy = StandIn.of(asked -> new StandIn.Answer(200, "[]"))) {
            String elsewhere = "http://lockstep.invalid:8080";
            shell.set("http_proxy", proxy.address());

            assertThat(shell.run("tasks", "-s", elsewhere, "--allow-http").code())
                    .isZero();
            assertThat(proxy.asked().get(0).path()).isEqualTo(elsewhere + "/api/v1/tasks");

            shell.set("no_proxy", "example.com,.invalid");
            assertThat(shell.run("tasks", "-s", elsewhere, "--allow-http").code())
                    .isEqualTo(7);
            assertThat(shell.run("tasks", "-s", elsewhere, "--allow-http", "--proxy", proxy.address())
                            .code())
                    .isZero();
        }
    }

    @Test
    void what_is_not_lockstep_is_said_to_be_something_else() throws Exception {
        try (StandIn server = StandIn.of(asked -> new StandIn.Answer(200, "<html>hello</html>"))) {
            Shell.Run run = shell.run("tasks", "-s", server.address());

            assertThat(run.code()).isEqualTo(8);
            assertThat(run.err()).contains("is not Lockstep");
        }
    }

    @Test
    void a_refusal_becomes_one_sentence_that_no_terminal_takes_for_a_command() throws Exception {
        try (StandIn server = StandIn.of(
                asked -> new StandIn.Answer(
                        503,
                        "{\"status\":503,\"code\":\"ledger-unavailable\",\"detail\":\"the ledger \\u001b[31m does not answer\"}"))) {
            Shell.Run run = shell.run("tasks", "-s", server.address());

            assertThat(run.code()).isEqualTo(7);
            assertThat(run.err()).isEqualTo("lockstep: The ledger  [31m does not answer. (ledger-unavailable)\n");
        }
    }

    private SSLContext context(Path certificate) throws Exception {
        Path store = home.resolve("store.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-file",
                certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        System.arraycopy(
                new String[] {"-storepass", STORE_PASSWORD, "-storetype", "PKCS12"},
                0,
                command,
                arguments.length + 1,
                4);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
    }
}
