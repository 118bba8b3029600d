package dev.lockstep.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real OpenID provider in a process and a directory of its own, with a realm for each file that it is given. */
public final class Keycloak implements AutoCloseable {

    /** Where the build unpacks it for the extended tests. */
    private static final Path HOME = Path.of("target", "keycloak");

    private static final int PATIENCE_SECONDS = 240;
    private static final String ADMINISTRATOR = "root";
    private static final String PASSWORD = "of-keycloak";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private Keycloak(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; each text describes a realm. */
    public static Keycloak with(List<String> realms) {
        try {
            Path home = home();
            Path imports = Files.createDirectories(home.resolve("data/import"));
            for (int i = 0; i < realms.size(); i++) {
                Files.writeString(imports.resolve("realm-" + i + ".json"), realms.get(i));
            }
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(
                            home.resolve("bin/kc.sh").toString(),
                            "start-dev",
                            "--db=dev-mem",
                            "--http-port=" + port,
                            "--http-management-port=" + freePort(),
                            "--import-realm")
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("keycloak.log").toFile());
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
            Keycloak keycloak = new Keycloak(builder.start(), port);
            keycloak.await();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home() throws IOException {
        if (!Files.isDirectory(HOME)) {
            throw new AssertionError(HOME + " is missing; the profile \"extended\" unpacks it");
        }
        try (Stream<Path> unpacked = Files.list(HOME)) {
            return unpacked.filter(Files::isDirectory).findFirst().orElseThrow().toAbsolutePath();
        }
    }

    /** A port that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            if (!process.isAlive()) {
                throw new AssertionError("Keycloak did not start; see keycloak.log in " + HOME);
            }
            try {
                URI master = URI.create(issuer("master") + "/.well-known/openid-configuration");
                HttpRequest request = HttpRequest.newBuilder(master)
                        .timeout(Duration.ofSeconds(5))
                        .build();
                if (http.send(request, BodyHandlers.ofString()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        close();
        throw new AssertionError("Keycloak does not answer; see keycloak.log in " + HOME);
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The issuer of a realm. */
    public String issuer(String realm) {
        return "http://localhost:" + port + "/realms/" + realm;
    }

    /** The answer to a request for tokens of a realm. */
    public String tokens(String realm, String form) {
        return send(HttpRequest.newBuilder(URI.create(issuer(realm) + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    /** Changes something as the administrator: the path begins after {@code /admin/realms}. */
    public String administer(String method, String path, String json) {
        String token = field(
                tokens(
                        "master",
                        "grant_type=password&client_id=admin-cli&username=" + ADMINISTRATOR + "&password=" + PASSWORD),
                "access_token");
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/admin/realms" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    /** A text in a flat piece of JSON. */
    public static String field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    private String send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
