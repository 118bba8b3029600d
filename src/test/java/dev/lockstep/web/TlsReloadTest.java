package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The server speaks TLS, and takes a new certificate without a restart. */
@SpringBootTest(
        classes = WebServer.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:tls",
            "lockstep.data-dir=target/tls-test-${PID}",
            "management.endpoint.health.validate-group-membership=false",
            "server.ssl.bundle=web",
            "spring.ssl.bundle.pem.web.reload-on-update=true",
            "spring.ssl.bundle.watch.file.quiet-period=100ms"
        })
@Timeout(120)
class TlsReloadTest {

    private static final Path DIRECTORY = directory();
    private static final TestCertificate FIRST = TestCertificate.named(DIRECTORY, "first");

    @LocalServerPort
    int port;

    private static Path directory() {
        try {
            return Files.createTempDirectory("tls");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void certificate(DynamicPropertyRegistry registry) {
        FIRST.write(DIRECTORY.resolve("tls.crt"), DIRECTORY.resolve("tls.key"));
        registry.add("spring.ssl.bundle.pem.web.keystore.certificate", () -> "file:" + DIRECTORY.resolve("tls.crt"));
        registry.add("spring.ssl.bundle.pem.web.keystore.private-key", () -> "file:" + DIRECTORY.resolve("tls.key"));
    }

    @Test
    void a_new_certificate_is_shown_without_a_restart() throws Exception {
        assertThat(shown(FIRST)).isEqualTo("CN=first");
        TestCertificate second = TestCertificate.named(DIRECTORY, "second");
        second.write(DIRECTORY.resolve("tls.crt"), DIRECTORY.resolve("tls.key"));

        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        String subject = "";
        while (!subject.equals("CN=second")) {
            assertThat(Instant.now()).as("still shows " + subject).isBefore(end);
            Thread.sleep(100);
            try {
                subject = shown(second);
            } catch (IOException old) {
                subject = "another one";
            }
        }
    }

    /** The subject of the certificate that a request is answered with; fails unless it is the trusted one. */
    private String shown(TestCertificate trusted) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusted.client().getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET /actuator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readNBytes(9), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 ");
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        }
    }
}
