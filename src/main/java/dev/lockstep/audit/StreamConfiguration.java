package dev.lockstep.audit;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the streams of the audit trail together. */
@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

    @Bean
    Turns auditStreams(
            AuditProperties settings,
            JdbcClient jdbc,
            Chain chain,
            Archives archives,
            Clock clock,
            MeterRegistry meters,
            ObjectProvider<SslBundles> bundles) {
        List<AuditStream> streams = settings.streams().entrySet().stream()
                .map(stream -> new AuditStream(
                        stream.getKey(),
                        sink(stream.getValue(), bundles),
                        new StreamCursor(jdbc, clock, stream.getKey()),
                        chain,
                        archives,
                        clock,
                        meters))
                .toList();
        return new Turns("audit-stream", streams, settings.streamInterval());
    }

    private static StreamSink sink(AuditProperties.Stream stream, ObjectProvider<SslBundles> bundles) {
        return switch (stream.to().getScheme()) {
            case "file" ->
                new FileSink(Path.of(stream.to().getPath()), stream.maxSize().toBytes(), stream.keep());
            case "http", "https" -> new OtlpSink(stream.to().toString(), host());
            default -> new SyslogSink(stream.to(), host(), trust(stream, bundles));
        };
    }

    /** Asked for with each connection, because a bundle may be exchanged. */
    private static Supplier<SSLContext> trust(AuditProperties.Stream stream, ObjectProvider<SslBundles> bundles) {
        String bundle = stream.sslBundle();
        return () ->
                bundle == null ? usual() : bundles.getObject().getBundle(bundle).createSslContext();
    }

    private static SSLContext usual() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "-";
        }
    }
}
