package dev.lockstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login at an OpenID provider that answers as RFC 8628 and RFC 6749 have it. */
class DeviceLoginTest {

    private final AtomicInteger polls = new AtomicInteger();
    private final Shell shell;
    private final Path tokens;
    private String end =
            "{\"access_token\":\"at-1\",\"refresh_token\":\"rt-1\",\"token_type\":\"Bearer\",\"expires_in\":1}";
    private int endStatus = 200;

    DeviceLoginTest(@TempDir Path home) {
        this.shell = new Shell(home);
        this.tokens = home.resolve(".config/lockstep/default.token");
    }

    private StandIn.Answer provider(StandIn.Asked asked) {
        return switch (asked.path()) {
            case "/realm/.well-known/openid-configuration" -> {
                String base = "http://localhost:" + port;
                yield new StandIn.Answer(200, """
                        {"issuer":"%1$s/realm","token_endpoint":"%1$s/token",
                         "device_authorization_endpoint":"%1$s/device"}""".formatted(base));
            }
            case "/device" -> new StandIn.Answer(200, """
                        {"device_code":"dc-1","user_code":"WDJB-MJHT","verification_uri":"https://id.example.com/device",
                         "verification_uri_complete":"https://id.example.com/device?user_code=WDJB-MJHT",
                         "expires_in":1800,"interval":1}""");
            case "/token" -> token(asked);
            case "/api/v1/credentials?size=1" ->
                new StandIn.Answer(401, "{\"status\":401,\"detail\":\"Log in with user and password.\"}");
            case "/api/v1/tasks" -> new StandIn.Answer(200, "[]");
            default -> new StandIn.Answer(404, "");
        };
    }

    private StandIn.Answer token(StandIn.Asked asked) {
        if (asked.body().contains("grant_type=refresh_token")) {
            assertThat(asked.body()).contains("refresh_token=rt-1").contains("client_id=cli");
            return new StandIn.Answer(200, "{\"access_token\":\"at-2\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        }
        assertThat(asked.body())
                .contains("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code")
                .contains("device_code=dc-1")
                .contains("client_id=cli");
        return polls.incrementAndGet() < 2
                ? new StandIn.Answer(400, "{\"error\":\"authorization_pending\"}")
                : new StandIn.Answer(endStatus, end);
    }

    private int port;

    private Shell.Run login(StandIn server) {
        return shell.run(
                "login", "--server", server.address(), "--issuer", server.address() + "/realm", "--client-id", "cli");
    }

    @Test
    void the_person_confirms_elsewhere_and_the_tokens_are_kept_and_renewed() throws IOException {
        try (StandIn server = StandIn.of(this::provider)) {
            port = server.port();

            Shell.Run login = login(server);

            assertThat(login.code()).as(login.err()).isZero();
            assertThat(login.err())
                    .contains("https://id.example.com/device", "WDJB-MJHT", "does not accept the token (yet)");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tokens)))
                    .isEqualTo("rw-------");
            assertThat(login.out() + login.err()).doesNotContain("at-1").doesNotContain("rt-1");

            assertThat(shell.run("tasks").code()).isZero();
            assertThat(server.asked().get(server.asked().size() - 1).authorization())
                    .isEqualTo("Bearer at-2");
            JsonNode kept = Json.read(Files.readString(tokens));
            assertThat(kept.path("access_token").asText()).isEqualTo("at-2");
            assertThat(kept.path("refresh_token").asText())
                    .as("is kept when none comes")
                    .isEqualTo("rt-1");
            assertThat(shell.run("logout").code()).isZero();
            assertThat(tokens).doesNotExist();
        }
    }

    @Test
    void a_declined_login_keeps_nothing() throws IOException {
        end = "{\"error\":\"access_denied\"}";
        endStatus = 400;
        try (StandIn server = StandIn.of(this::provider)) {
            port = server.port();

            Shell.Run login = login(server);

            assertThat(login.code()).isEqualTo(3);
            assertThat(login.err()).contains("declined");
            assertThat(tokens).doesNotExist();
            assertThat(tokens.resolveSibling("config.yaml")).doesNotExist();
        }
    }

    @Test
    void a_code_that_expires_times_out() throws IOException {
        end = "{\"error\":\"expired_token\"}";
        endStatus = 400;
        try (StandIn server = StandIn.of(this::provider)) {
            port = server.port();

            assertThat(login(server).code()).isEqualTo(6);
        }
    }

    @Test
    void another_issuer_than_the_one_asked_for_gets_no_login() throws IOException {
        try (StandIn server = StandIn.of(asked -> new StandIn.Answer(
                200, "{\"issuer\":\"https://evil.example.com\",\"token_endpoint\":\"https://evil.example.com\"}"))) {
            Shell.Run login = login(server);

            assertThat(login.code()).isEqualTo(8);
            assertThat(login.err()).contains("is not the issuer");
            assertThat(server.asked()).hasSize(1);
        }
    }

    @Test
    void tokens_do_not_travel_without_tls() {
        Shell.Run login =
                shell.run("login", "--server", "https://lockstep.example.com", "--issuer", "http://id.example.com");

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.err()).contains("not https");
    }
}
