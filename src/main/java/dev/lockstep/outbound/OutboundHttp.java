package dev.lockstep.outbound;

import dev.lockstep.domain.OutboundRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP requests to configured addresses. Connects only to addresses that were checked in the same look-up, follows no
 * redirect, keeps no cookie, reads no more than it was asked to, and ends in time whatever the other side does.
 */
public final class OutboundHttp implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "outbound-watch");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What came back.
     *
     * @param status of the response
     * @param body as much of it as was asked for, read as UTF-8
     */
    public record Answer(int status, String body) {}

    public OutboundHttp(OutboundRules rules) {
        this(new CheckedNames(rules, InetAddress::getAllByName));
    }

    /** With a way of its own to look names up. */
    OutboundHttp(DnsResolver names) {
        this(names, DefaultClientTlsStrategy.createSystemDefault());
    }

    private OutboundHttp(DnsResolver names, TlsSocketStrategy tls) {
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setTlsSocketStrategy(tls)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT))
                                .setTimeToLive(Timeout.ofSeconds(10))
                                .build())
                        .setMaxConnPerRoute(10)
                        .setMaxConnTotal(100)
                        .build())
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .setUserAgent("lockstep")
                .build();
    }

    /**
     * Trusts the certificates of one PEM file and no others, or those of the platform. Whoever opens it closes it.
     *
     * @throws dev.lockstep.domain.PermanentException with {@code MISCONFIGURED} when the file cannot be read
     */
    public static OutboundHttp trusting(Optional<Path> certificates, OutboundRules rules) {
        return certificates
                .map(file -> new OutboundHttp(
                        new CheckedNames(rules, InetAddress::getAllByName),
                        new DefaultClientTlsStrategy(Trust.in(file))))
                .orElseGet(() -> new OutboundHttp(rules));
    }

    /** @throws IOException when there was no answer in time; {@link OutboundRefused} when none was asked for */
    public Answer get(URI url, Duration atMost, int mostBytes) throws IOException {
        return get(url, Map.of(), atMost, mostBytes);
    }

    /** @throws IOException when there was no answer in time; {@link OutboundRefused} when none was asked for */
    public Answer get(URI url, Map<String, String> headers, Duration atMost, int mostBytes) throws IOException {
        HttpGet request = new HttpGet(url);
        headers.forEach(request::setHeader);
        return exchange(request, atMost, mostBytes);
    }

    /**
     * Sends JSON.
     *
     * @throws IOException when there was no answer in time; {@link OutboundRefused} when nothing was sent
     */
    public Answer post(URI url, Map<String, String> headers, byte[] body, Duration atMost, int mostBytes)
            throws IOException {
        return send(
                new HttpPost(url), headers, new ByteArrayEntity(body, ContentType.APPLICATION_JSON), atMost, mostBytes);
    }

    /**
     * Sends a change.
     *
     * @param type of the body
     * @throws IOException when there was no answer in time; {@link OutboundRefused} when nothing was sent
     */
    public Answer patch(URI url, Map<String, String> headers, String type, byte[] body, Duration atMost, int mostBytes)
            throws IOException {
        return send(
                new HttpPatch(url), headers, new ByteArrayEntity(body, ContentType.create(type)), atMost, mostBytes);
    }

    private Answer send(
            HttpUriRequestBase request, Map<String, String> headers, HttpEntity body, Duration atMost, int mostBytes)
            throws IOException {
        headers.forEach(request::setHeader);
        request.setEntity(body);
        return exchange(request, atMost, mostBytes);
    }

    private Answer exchange(HttpUriRequestBase request, Duration atMost, int mostBytes) throws IOException {
        request.setConfig(RequestConfig.custom()
                .setResponseTimeout(Timeout.of(atMost))
                .setConnectionRequestTimeout(Timeout.of(atMost))
                .build());
        ScheduledFuture<?> end = watch.schedule(request::cancel, atMost.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> read(request, response, mostBytes));
        } finally {
            end.cancel(false);
        }
    }

    /** What is left of a body is not waited for. */
    private static Answer read(HttpUriRequestBase request, ClassicHttpResponse response, int mostBytes)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Answer(response.getCode(), "");
        }
        byte[] body = new byte[0];
        if (mostBytes > 0) {
            InputStream content = entity.getContent();
            body = content.readNBytes(mostBytes);
        }
        if (body.length == mostBytes) {
            request.cancel();
        }
        return new Answer(response.getCode(), new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }

    /** Looks a name up and refuses it as a whole when one of its addresses must not be connected to. */
    record CheckedNames(OutboundRules rules, Names names) implements DnsResolver {

        /** Finds the addresses of a host. */
        interface Names {
            InetAddress[] of(String host) throws UnknownHostException;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.of(host);
            OutboundRefused.check(rules, host, addresses);
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
