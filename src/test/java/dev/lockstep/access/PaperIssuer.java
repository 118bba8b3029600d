package dev.lockstep.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Signs whatever a test wants a token to say, and publishes its key as an OpenID provider does. */
final class PaperIssuer implements AutoCloseable {

    private final RSAKey key;
    private final HttpServer server;
    private final AtomicReference<String> idToken = new AtomicReference<>("");

    PaperIssuer() {
        try {
            key = new RSAKeyGenerator(2048)
                    .keyID("key-of-" + System.identityHashCode(this))
                    .generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        String self = address();
        answer("/.well-known/openid-configuration", """
                {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token", "subject_types_supported": ["public"]}
                """.formatted(self));
        answer("/keys", new JWKSet(key.toPublicJWK()).toString());
        answer("/token", () -> """
                {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300, "id_token": "%s"}
                """.formatted(idToken.get()));
        server.start();
    }

    /** Lets the next code be worth an ID token with these claims. */
    void gives(Map<String, Object> claims) {
        idToken.set(token("JWT", claims));
    }

    private void answer(String path, String json) {
        answer(path, () -> json);
    }

    private void answer(String path, Supplier<String> json) {
        server.createContext(path, exchange -> {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** A token of this type with these claims. */
    String token(String type, Map<String, Object> claims) {
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(key.getKeyID())
                    .type(new JOSEObjectType(type))
                    .build();
            SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
