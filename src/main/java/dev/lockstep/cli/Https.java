package dev.lockstep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Connections through the right proxy, to servers whose certificate is trusted. */
final class Https {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private Https() {}

    /** @param caFile certificates in PEM form that are trusted instead of those of the platform; null for those */
    static HttpClient client(Terminal terminal, @Nullable String proxy, @Nullable String caFile) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(new Proxies(terminal, proxy));
        if (caFile != null) {
            builder.sslContext(trusting(Path.of(caFile)));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw CliException.usage("There is no certificate in " + file + "; it has to be PEM.");
            }
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                trusted.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException unreadable) {
            throw CliException.usage("The file " + file + " cannot be read; check its path and permissions.");
        } catch (GeneralSecurityException malformed) {
            throw CliException.usage("The file " + file + " holds no certificates in PEM form.");
        }
    }
}
