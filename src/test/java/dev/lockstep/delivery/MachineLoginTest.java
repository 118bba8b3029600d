package dev.lockstep.delivery;

import static dev.lockstep.delivery.DeliveryHouse.SINGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.SecretIds;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** How programs prove who they are, and what becomes of their tokens. */
class MachineLoginTest {

    private static final String FETCHED = """
            ---
            kind: Identity
            name: fetched
            jwt: {keys: "http://127.0.0.1:%d/keys", audience: lockstep, claims: {sub: "repo:acme/shop"}}
            reads: {credentials: [test/shop/*/*]}
            """;

    private static DeliveryHouse house;
    private static ECKey key;
    private static HttpServer issuer;
    private static final AtomicInteger FETCHES = new AtomicInteger();

    @BeforeAll
    static void open() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        String keys = new JWKSet(key.toPublicJWK()).toString();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            FETCHES.incrementAndGet();
            byte[] body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
        house = DeliveryHouse.open(
                Map.of("logging.level.dev.lockstep", "debug"),
                FETCHED.formatted(issuer.getAddress().getPort()));
        Files.writeString(house.keys(), keys);
        house.rotate(SINGLE);
    }

    @AfterAll
    static void close() {
        issuer.stop(0);
        house.close();
    }

    private static Reader.Answer approle(String role, String secretId) {
        return Reader.at(house.port())
                .send(
                        "POST",
                        "auth/approle/login",
                        "{\"role_id\": \"" + role + "\", \"secret_id\": \"" + secretId + "\"}");
    }

    private static Reader.Answer jwt(String method, String role, String token) {
        return Reader.at(house.port())
                .send("POST", "auth/" + method + "/login", "{\"role\": \"" + role + "\", \"jwt\": \"" + token + "\"}");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://ci.example.org")
                .audience("lockstep")
                .subject("repo:acme/shop")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet claims, ECKey with) {
        try {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(with.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(with));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLoginByAppRoleAnswersAsTheProtocolSays() {
        JsonNode auth = approle("shop-web", house.secretId("shop-web")).body().path("auth");

        assertThat(auth.fieldNames())
                .toIterable()
                .contains(
                        "client_token",
                        "accessor",
                        "policies",
                        "token_policies",
                        "metadata",
                        "lease_duration",
                        "renewable",
                        "entity_id",
                        "token_type",
                        "orphan");
        assertThat(auth.path("lease_duration").asInt()).isBetween(590, 600);
        assertThat(auth.path("renewable").asBoolean()).isTrue();
        assertThat(auth.path("token_type").asText()).isEqualTo("service");
    }

    @Test
    void whatIsWrongIsRefusedWithoutSayingWhy() {
        String secretId = house.secretId("shop-web");
        String expired;
        try (var issued = house.bean(MachineLogins.class)
                .issue("shop-web", Optional.of(Duration.ofSeconds(10)), "test")
                .secret()) {
            expired = issued.expose(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        }
        house.jdbc()
                .sql(
                        "UPDATE delivery_secret_id SET expires_at = issued_at WHERE expires_at < issued_at + INTERVAL '20' SECOND")
                .update();

        for (Reader.Answer answer : List.of(
                approle("shop-web", "lki.wrong"),
                approle("shop-web", expired),
                approle("shop-report", secretId),
                approle("nobody", secretId),
                approle("deploy", secretId),
                approle("elsewhere", house.secretId("elsewhere")))) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.body().toString()).isEqualTo("{\"errors\":[\"permission denied\"]}");
        }
        assertThat(approle("shop-web", "").status()).isEqualTo(400);
        assertThat(Reader.at(house.port())
                        .send("POST", "auth/approle/login", "[1")
                        .status())
                .isEqualTo(400);
        assertThat(Reader.at(house.port()).get("auth/approle/login").status()).isEqualTo(405);
        assertThat(Reader.at(house.port())
                        .send("POST", "auth/approle/login", "{\"role_id\": \"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void neitherLoginsNorReadsLeaveASecretInTheLog(CapturedOutput output) {
        String secretId = house.secretId("shop-web");
        Reader reader = Reader.at(house.port()).logIn("shop-web", secretId);
        String password = reader.read(SINGLE).value().path("password").asText();
        reader.get("database/static-creds/" + SINGLE);
        reader.get("secret/data/" + SINGLE + "?version=999");
        reader.get("secret/data/" + SINGLE + "?X-Vault-Token=" + reader.token());
        approle("shop-report", secretId);
        jwt("jwt", "deploy", secretId);

        assertThat(password).hasSize(32);
        assertThat(output.getAll()).doesNotContain(password, secretId, reader.token());
    }

    @Test
    void aSecretIdIsNeitherInTheDatabaseNorInTheTrail() {
        String secretId = house.secretId("shop-web");
        String token = Reader.at(house.port()).logIn("shop-web", secretId).token();

        for (String table : List.of("delivery_secret_id", "delivery_token", "audit_event")) {
            List<String> rows = house.jdbc()
                    .sql("SELECT CAST(t AS text) FROM " + table + " t")
                    .query(String.class)
                    .list();
            assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secretId) || row.contains(token));
        }
    }

    @Test
    void aRevokedSecretIdTakesItsTokensWithIt() {
        String secretId = house.secretId("shop-report");
        Reader reader = Reader.at(house.port()).logIn("shop-report", secretId);
        MachineLogins logins = house.bean(MachineLogins.class);
        SecretIds.SecretId issued = logins.secretIds("shop-report").get(0);

        assertThat(logins.revokeSecretId("shop-web", issued.accessor(), "test")).isFalse();
        assertThat(logins.revokeSecretId("shop-report", issued.accessor(), "test"))
                .isTrue();

        assertThat(reader.read(SINGLE).status()).isEqualTo(403);
        assertThat(approle("shop-report", secretId).status()).isEqualTo(403);
    }

    @Test
    void onlyAnAppRoleTakesASecretId() {
        MachineLogins logins = house.bean(MachineLogins.class);

        assertThatThrownBy(() -> logins.issue("deploy", Optional.empty(), "test"))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> logins.issue("nobody", Optional.empty(), "test"))
                .isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> logins.issue("shop-web", Optional.of(Duration.ofDays(500)), "test"))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void aTokenTellsOfItselfIsRenewedAndRevoked() {
        Reader reader = house.reader("shop-web");
        JsonNode self = reader.get("auth/token/lookup-self").body().path("data");
        assertThat(self.path("id").asText()).isEqualTo(reader.token());
        assertThat(self.path("type").asText()).isEqualTo("service");
        assertThat(self.path("ttl").asInt()).isBetween(590, 600);
        house.jdbc()
                .sql(
                        "UPDATE delivery_token SET expires_at = expires_at - INTERVAL '5' MINUTE, ends_at = ends_at WHERE accessor = :it")
                .param("it", self.path("accessor").asText())
                .update();

        Reader form =
                Reader.at(house.port()).token(reader.token()).with("Content-Type", "application/x-www-form-urlencoded");
        JsonNode renewed = form.send("POST", "auth/token/renew-self", "").body().path("auth");
        assertThat(renewed.path("client_token").asText()).isEqualTo(reader.token());
        assertThat(renewed.path("lease_duration").asInt()).isBetween(590, 600);
        assertThat(reader.send("PUT", "auth/token/renew-self", "{\"increment\": \"1m\"}")
                        .body()
                        .at("/auth/lease_duration")
                        .asInt())
                .isBetween(55, 60);

        assertThat(reader.send("POST", "auth/token/revoke-self", "").status()).isEqualTo(204);
        assertThat(reader.read(SINGLE).status()).isEqualTo(403);
        assertThat(reader.get("auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void aTokenEndsHoweverOftenItIsRenewed() {
        Reader reader = house.reader("shop-web");
        house.jdbc()
                .sql(
                        "UPDATE delivery_token SET ends_at = CURRENT_TIMESTAMP + INTERVAL '60' SECOND WHERE accessor = :it")
                .param(
                        "it",
                        reader.get("auth/token/lookup-self")
                                .body()
                                .at("/data/accessor")
                                .asText())
                .update();

        JsonNode auth =
                reader.send("POST", "auth/token/renew-self", "{}").body().path("auth");
        assertThat(auth.path("lease_duration").asInt()).isBetween(50, 60);
        assertThat(auth.path("renewable").asBoolean()).isFalse();
    }

    @Test
    void anExpiredTokenOpensNothing() {
        Reader reader = house.reader("shop-web");
        house.jdbc()
                .sql("UPDATE delivery_token SET expires_at = CURRENT_TIMESTAMP WHERE accessor = :it")
                .param(
                        "it",
                        reader.get("auth/token/lookup-self")
                                .body()
                                .at("/data/accessor")
                                .asText())
                .update();

        assertThat(reader.read(SINGLE).status()).isEqualTo(403);
    }

    @Test
    void aTokenMakesAChildThatEndsWithIt() {
        Reader reader = house.reader("shop-web");
        JsonNode made = reader.send("POST", "auth/token/create", "{\"ttl\": \"5m\", \"policies\": [\"root\"]}")
                .body()
                .path("auth");
        Reader child = Reader.at(house.port()).token(made.path("client_token").asText());

        assertThat(made.path("lease_duration").asInt()).isBetween(290, 300);
        assertThat(made.path("policies").get(0).asText()).isEqualTo("shop-web");
        assertThat(child.read(SINGLE).status()).isEqualTo(200);
        assertThat(child.send("POST", "auth/token/create", "{}").status()).isEqualTo(400);
        assertThat(reader.send("POST", "auth/token/create", "{\"ttl\": \"soon\"}")
                        .status())
                .isEqualTo(400);
        assertThat(reader.send("POST", "auth/token/revoke-self", "").status()).isEqualTo(204);
        assertThat(child.read(SINGLE).status()).isEqualTo(403);
    }

    @Test
    void whatIsRevokedOnOneNodeOpensNothingOnAnother() {
        try (ConfigurableApplicationContext other = house.anotherNode()) {
            Reader here = house.reader("shop-web");
            Reader there = Reader.at(DeliveryHouse.port(other)).token(here.token());
            assertThat(there.read(SINGLE).status()).isEqualTo(200);
            for (int i = 0; i < 20; i++) {
                Reader fresh = house.reader("shop-web");
                Reader elsewhere = Reader.at(DeliveryHouse.port(other)).token(fresh.token());
                assertThat(elsewhere.read(SINGLE).status()).isEqualTo(200);
                fresh.send("POST", "auth/token/revoke-self", "");
                assertThat(elsewhere.read(SINGLE).status()).isEqualTo(403);
            }
        }
    }

    @Test
    void aSignedTokenOfSomebodyElseLogsIn() {
        Reader.Answer answer = jwt("jwt", "deploy", signed(claims().build(), key));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Reader.at(house.port())
                        .token(answer.body().at("/auth/client_token").asText())
                        .read(SINGLE)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenThatProvesNothingIsRefused() throws Exception {
        ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
        SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
        shared.sign(new MACSigner(key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        Instant now = Instant.now();

        for (String token : List.of(
                signed(claims().build(), foreign),
                signed(claims().subject("repo:acme/other").build(), key),
                signed(claims().audience("somebody").build(), key),
                signed(claims().issuer("https://evil.example.org").build(), key),
                signed(claims().expirationTime(Date.from(now.minusSeconds(60))).build(), key),
                signed(claims().expirationTime(null).build(), key),
                signed(claims().notBeforeTime(Date.from(now.plusSeconds(120))).build(), key),
                shared.serialize(),
                new PlainJWT(claims().build()).serialize(),
                "no.jwt.at-all",
                "x")) {
            assertThat(jwt("jwt", "deploy", token).status()).as(token).isEqualTo(403);
        }
        assertThat(jwt("kubernetes", "deploy", signed(claims().build(), key)).status())
                .isEqualTo(403);
    }

    @Test
    void aServiceAccountLogsInAndItsPodIsTheInstance() {
        String token = signed(
                claims().issuer("https://kubernetes.default.svc")
                        .subject("system:serviceaccount:shop:web")
                        .claim(
                                "kubernetes.io",
                                Map.of("namespace", "shop", "pod", Map.of("name", "web-1", "uid", "u-1")))
                        .build(),
                key);

        JsonNode auth = jwt("kubernetes", "pods", token).body().path("auth");
        assertThat(auth.at("/metadata/instance").asText()).isEqualTo("u-1");
        assertThat(jwt(
                                "kubernetes",
                                "pods",
                                signed(
                                        claims().subject("system:serviceaccount:shop:other")
                                                .build(),
                                        key))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aPodThatWasSilentForLongIsKnownAgainWithItsNextLogin() {
        String proof = signed(
                claims().subject("system:serviceaccount:shop:web")
                        .claim("kubernetes.io", Map.of("pod", Map.of("uid", "silent-1")))
                        .build(),
                key);
        readAs(proof);
        house.bean(MachineLogins.class).revokeTokens("pods", "test");
        house.bean(ReaderTokens.class).forget(Instant.now().plusSeconds(60));
        assertThat(copies()).doesNotContain("silent-1");

        readAs(proof);

        assertThat(copies()).contains("silent-1");
    }

    private static void readAs(String proof) {
        String token =
                jwt("kubernetes", "pods", proof).body().at("/auth/client_token").asText();
        assertThat(Reader.at(house.port()).token(token).read(SINGLE).status()).isEqualTo(200);
    }

    private static List<String> copies() {
        return house.bean(Readings.class).copies(SINGLE).stream()
                .map(Readings.Copy::instance)
                .toList();
    }

    @Test
    void keysAreFetchedThroughTheGuardAndNotForEachUnknownKey() throws Exception {
        assertThat(jwt("jwt", "fetched", signed(claims().build(), key)).status())
                .isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            ECKey unknown =
                    new ECKeyGenerator(Curve.P_256).keyID("unknown-" + i).generate();
            assertThat(jwt("jwt", "fetched", signed(claims().build(), unknown)).status())
                    .isEqualTo(403);
        }

        assertThat(FETCHES).hasValue(1);
    }

    @Test
    void tooManyFailedLoginsOfARoleAreSlowedDown() {
        for (int i = 0; i < Limits.MOST; i++) {
            assertThat(approle("shop-worker", "lki.wrong").status()).isEqualTo(403);
        }
        Reader.Answer limited = approle("shop-worker", "lki.wrong");

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.raw().headers().firstValue("Retry-After")).isPresent();
        assertThat(approle("shop-web", house.secretId("shop-web")).status()).isEqualTo(200);
    }

    @Test
    void theTokensOfAnIdentityAreShownAndRevokedTogether() {
        Reader one = house.reader("ops-tool");
        Reader two = house.reader("ops-tool");
        MachineLogins logins = house.bean(MachineLogins.class);
        List<ReaderTokens.Token> held = logins.tokens("ops-tool");

        assertThat(held).hasSizeGreaterThanOrEqualTo(2);
        assertThat(logins.revokeTokens("ops-tool", "test")).isEqualTo(held.size());
        assertThat(one.get("auth/token/lookup-self").status()).isEqualTo(403);
        assertThat(two.get("auth/token/lookup-self").status()).isEqualTo(403);
    }
}
