package dev.lockstep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.delivery.Reader;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.MachineLogins;
import dev.lockstep.port.Rotations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * How many secrets are read in a second, each with its access check and its record, while application, database and the
 * load of {@code wrk} share the processors of this machine.
 */
@Tag("bench")
class ReadsBench {

    private static final int CREDENTIALS = 100;
    private static final int READERS = 20;
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration RUN = Duration.ofSeconds(20);
    private static final double LEAST = 5_000;
    private static final double MOST_MS = 20;
    private static final double MOST_IN_STORM_MS = 50;

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Pattern P50 = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");

    private static final String SCRIPT = """
            local tokens = {%s}
            local count = 0
            request = function()
              count = count + 1
              wrk.headers["X-Vault-Token"] = tokens[math.floor(count / %d) %% #tokens + 1]
              return wrk.format("GET", "/v1/secret/data/bench/team/postgres/role-" .. (count %% %d))
            end
            """;

    /** In a storm readers wait a little between two reads, as applications do: about a thousand in a second. */
    private static final String PAUSES = "delay = function() return math.random(0, 128) end\n";

    @Test
    void readersAreServedWithAccessCheckAndRecord() throws Exception {
        try (Stand stand = Stand.with(CREDENTIALS, Map.of())) {
            stand.credentials()
                    .forEach(name -> stand.bean(Consumers.class).enroll(name, Consumer.named("bench-reader")));
            stand.credentials().forEach(name -> stand.bean(Rotations.class).rotate(name, false, "bench", "bench"));
            await(stand);
            int port = ((ServletWebServerApplicationContext) stand.application())
                    .getWebServer()
                    .getPort();
            Path script = Files.createTempFile("reads", ".lua");
            Files.writeString(script, SCRIPT.formatted(tokens(stand, port), CREDENTIALS, CREDENTIALS));
            wrk(port, script, WARM_UP);
            Usage before = Usage.now(stand);
            String told = wrk(port, script, RUN);
            Usage after = Usage.now(stand);
            Files.writeString(script, PAUSES, StandardOpenOption.APPEND);
            Storm storm = storm(stand, port, script);
            Files.delete(script);
            report(stand, told, storm, before, after);
        }
    }

    /** What the readers were told while everything rotated, and how many rotations ended meanwhile. */
    private record Storm(String told, int rotations) {}

    /** Everything they read rotates meanwhile, again and again, as fast as it goes. */
    private static Storm storm(Stand stand, int port, Path script) throws Exception {
        int before = ended(stand);
        ExecutorService asking = Executors.newSingleThreadExecutor();
        try {
            Future<?> storm = asking.submit(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    stand.outside()
                            .sql("SELECT name FROM credential WHERE name NOT IN"
                                    + " (SELECT active_credential FROM operation WHERE active_credential IS NOT NULL)")
                            .query(String.class)
                            .list()
                            .forEach(name -> stand.bean(Rotations.class)
                                    .rotate(CredentialName.of(name), false, "bench", "bench"));
                    Thread.sleep(100);
                }
                return null;
            });
            String told = wrk(port, script, RUN);
            int rotations = ended(stand) - before;
            assertThat(storm.isDone()).isFalse();
            return new Storm(told, rotations);
        } finally {
            asking.shutdownNow();
        }
    }

    private static int ended(Stand stand) {
        return stand.outside()
                .sql("SELECT count(*) FROM operation WHERE outcome = 'ROTATED'")
                .query(Integer.class)
                .single();
    }

    private static void report(Stand stand, String told, Storm storm, Usage before, Usage after) {
        double rate = Double.parseDouble(found(RATE, told).group(1));
        double p50 = milliseconds(P50, told);
        double p99 = milliseconds(P99, told);
        int recorded = stand.outside()
                .sql("SELECT count(*) FROM consumer_instance")
                .query(Integer.class)
                .single();
        double reads = rate * RUN.toSeconds();
        Map<String, Object> measured = new LinkedHashMap<>();
        measured.put("readsPerSecond", rate);
        measured.put("p50Ms", p50);
        measured.put("p99Ms", p99);
        measured.put("jvmCpuMicros", Usage.round((after.jvmCpuNanos() - before.jvmCpuNanos()) / reads / 1e3));
        measured.put(
                "postgresCpuMicros", Usage.round((after.postgresCpuNanos() - before.postgresCpuNanos()) / reads / 1e3));
        measured.put("statementsPerRead", Usage.round((after.statements() - before.statements()) / reads));
        measured.put("connections", CONNECTIONS);
        measured.put("credentials", CREDENTIALS);
        measured.put("readers", READERS);
        measured.put("recorded", recorded);
        double stormRate = Double.parseDouble(found(RATE, storm.told()).group(1));
        double stormP99 = milliseconds(P99, storm.told());
        measured.put("stormReadsPerSecond", stormRate);
        measured.put("stormP50Ms", milliseconds(P50, storm.told()));
        measured.put("stormP99Ms", stormP99);
        measured.put("stormRotationsPerSecond", Usage.round((double) storm.rotations() / RUN.toSeconds()));
        Report.write("reads", measured, """
                ## Reading secrets

                %d connections, %d readers, %d credentials; each read with its access check and its record.

                | | reads/s | median | p99 |
                |---|---|---|---|
                | at rest | **%,.0f** | %.1f ms | %.1f ms |
                | while %.1f of them rotate each second | %,.0f | %.1f ms | %.1f ms |
                """.formatted(
                        CONNECTIONS,
                        READERS,
                        CREDENTIALS,
                        rate,
                        p50,
                        p99,
                        (double) storm.rotations() / RUN.toSeconds(),
                        stormRate,
                        milliseconds(P50, storm.told()),
                        stormP99));
        assertThat(told + storm.told()).doesNotContain("Non-2xx").doesNotContain("Socket errors");
        assertThat(recorded).isEqualTo(CREDENTIALS * READERS);
        assertThat(rate).isGreaterThanOrEqualTo(LEAST);
        assertThat(p99).isLessThanOrEqualTo(MOST_MS);
        assertThat(storm.rotations()).isGreaterThan(CREDENTIALS);
        assertThat(stormP99).isLessThanOrEqualTo(MOST_IN_STORM_MS);
    }

    private static String tokens(Stand stand, int port) {
        return IntStream.range(0, READERS)
                .mapToObj(i -> '"'
                        + Reader.at(port).logIn("bench-reader", secretId(stand)).token()
                        + '"')
                .collect(Collectors.joining(", "));
    }

    private static String secretId(Stand stand) {
        try (SecretValue secret = stand.bean(MachineLogins.class)
                .issue("bench-reader", Optional.empty(), "bench")
                .secret()) {
            return secret.expose(bytes -> new String(bytes, StandardCharsets.US_ASCII));
        }
    }

    private static void await(Stand stand) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (versions(stand) < CREDENTIALS && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(versions(stand)).isEqualTo(CREDENTIALS);
    }

    private static int versions(Stand stand) {
        return stand.outside()
                .sql("SELECT count(*) FROM credential_version WHERE stage = 'CURRENT'")
                .query(Integer.class)
                .single();
    }

    /** What the program {@code wrk} tells; it has to be installed. */
    private static String wrk(int port, Path script, Duration time) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + time.toSeconds() + "s",
                        "--latency",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port))
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        return told;
    }

    private static double milliseconds(Pattern pattern, String told) {
        Matcher matcher = found(pattern, told);
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1_000;
            case "s" -> value * 1_000;
            default -> value;
        };
    }

    private static Matcher found(Pattern pattern, String told) {
        Matcher matcher = pattern.matcher(told);
        assertThat(matcher.find()).as(told).isTrue();
        return matcher;
    }
}
