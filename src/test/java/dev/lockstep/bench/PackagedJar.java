package dev.lockstep.bench;

import dev.lockstep.testing.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as it is shipped, in a process of its own, on PostgreSQL. */
final class PackagedJar {

    /** The documented ones for a small machine; no archive of classes is made or used beyond the platform's own. */
    static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx256m");

    private static final Path JAR = Path.of("target", "lockstep.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String KEK = newKey();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment;
    private final Path directory;
    private final int port;

    /** @param directory where data and log go, and where {@code config} is */
    PackagedJar(PostgresServer server, String database, Path directory) throws IOException {
        this.directory = directory;
        this.port = freePort();
        this.environment = Map.of(
                "LOCKSTEP_DB_URL", server.url(database),
                "LOCKSTEP_DB_USER", server.superuser(),
                "LOCKSTEP_DB_PASSWORD", server.superuserPassword(),
                "LOCKSTEP_KEK", KEK,
                "LOCKSTEP_DATA_DIR", directory.resolve("data").toString(),
                "LOCKSTEP_CONFIG_DIR", directory.resolve("config").toString(),
                "SERVER_PORT", Integer.toString(port));
    }

    private static String newKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it, waits until it says that it is ready, and ends it. */
    Start start() throws IOException, InterruptedException {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR + " is not there: it is packaged by mvn -Pbench verify");
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-jar", JAR.toString()));
        Path log = directory.resolve("lockstep.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begun = System.nanoTime();
        Process process = builder.start();
        try {
            while (!ready()) {
                if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("the jar did not become ready:\n" + Files.readString(log));
                }
                Thread.sleep(20);
            }
            double seconds = Usage.round((System.nanoTime() - begun) / 1e9);
            double cpu = process.info()
                    .totalCpuDuration()
                    .map(duration -> duration.toMillis() / 1000.0)
                    .orElse(0.0);
            return new Start(seconds, cpu, megabytes(process));
        } finally {
            end(process);
        }
    }

    private boolean ready() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + port + "/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    private static double megabytes(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Usage.round(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0))
                .findFirst()
                .orElseThrow();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * One start.
     *
     * @param cpuSeconds of the process, until it was ready
     * @param megabytes resident when it was ready
     */
    record Start(double readySeconds, double cpuSeconds, double megabytes) {}
}
