package dev.lockstep.signal.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The other side: signs like each kind of sender, and publishes keys as GitHub does. */
public final class Senders implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> published = new LinkedHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;

    public Senders() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = keys().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private String keys() {
        StringBuilder keys = new StringBuilder();
        published.forEach((id, key) -> keys.append(keys.isEmpty() ? "" : ",")
                .append("{\"key_identifier\":\"" + id + "\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n" + key
                        + "\\n-----END PUBLIC KEY-----\\n\",\"is_current\":true}"));
        return "{\"public_keys\":[" + keys + "]}";
    }

    /** Where the keys are. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /** How often somebody has asked for the keys. */
    int asked() {
        return asked.get();
    }

    /** From now on the keys are answered with this status. */
    void answer(int other) {
        status = other;
    }

    /** Publishes a key, in Base64. */
    void publish(String id, String key) {
        published.put(id, key);
    }

    /** Publishes a new key and gives its private half. */
    public KeyPair publish(String id) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            publish(id, Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What GitHub's partner program sends along. */
    public static Map<String, String> partner(String id, KeyPair pair, String body) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "github-public-key-identifier",
                    id,
                    "github-public-key-signature",
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What GitHub sends along with an event. */
    public static Map<String, String> alert(String secret, String body) {
        return Map.of(
                "x-github-event", "secret_scanning_alert",
                "x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                "x-hub-signature-256", "sha256=" + hex(secret, body));
    }

    /** What GitGuardian sends along. */
    public static Map<String, String> gitGuardian(String token, long timestamp, String body) {
        return Map.of(
                "timestamp",
                Long.toString(timestamp),
                "gitguardian-signature",
                "sha256=" + hex(timestamp + token, body));
    }

    /** What Standard Webhooks send along. */
    public static Map<String, String> standard(String secret, String id, long timestamp, String body) {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        byte[] signature = Hmac.of(key, (id + '.' + timestamp + '.' + body).getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(timestamp),
                "webhook-signature",
                "v1," + Base64.getEncoder().encodeToString(signature));
    }

    private static String hex(String key, String body) {
        return HexFormat.of()
                .formatHex(Hmac.of(key.getBytes(StandardCharsets.UTF_8), body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
