package dev.lockstep.outbound;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the certificates of one file and no others. */
public final class Trust {

    private Trust() {}

    /**
     * Reads the file anew, so that an exchanged certificate counts at once.
     *
     * @throws PermanentException with {@code MISCONFIGURED} when it cannot be read
     */
    public static SSLContext in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("trusted-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    "the certificates in " + file + " cannot be read; write PEM certificates into it");
        }
    }
}
