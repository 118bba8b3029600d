package dev.lockstep.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.audit.AuditStand.Kind;
import dev.lockstep.testing.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The trail is handed on without a gap, whatever becomes of the receiver, and holds up nobody. */
@Timeout(120)
class AuditStreamTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_file_that_cannot_be_written_holds_up_nobody_and_leaves_no_gap(Kind kind) throws IOException {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            Path folder = directory.resolve("log");
            Path file = folder.resolve("audit.jsonl");
            AuditStream stream = stream(stand, "file", new FileSink(file, 1 << 20, 3));
            stand.sealed(3);
            stream.run();
            assertThat(positions(file)).containsExactly(1L, 2L, 3L);

            Files.move(folder, directory.resolve("log-away"));
            Files.writeString(folder, "no folder any more");
            stand.sealed(2);
            stand.clock.advance(Duration.ofMinutes(6));
            stream.run();
            stream.run();
            stand.sealed(1);
            assertThat(gauge("lockstep.audit.stream.failing")).isEqualTo(1);
            assertThat(gauge("lockstep.audit.stream.lag")).isGreaterThanOrEqualTo(360);

            Files.delete(folder);
            Files.move(directory.resolve("log-away"), folder);
            stream.run();
            assertThat(positions(file)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(gauge("lockstep.audit.stream.failing")).isZero();
            assertThat(gauge("lockstep.audit.stream.lag")).isZero();
        }
    }

    /** The device answers each write as a full disk does. */
    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_full_disk_holds_up_nobody_and_leaves_no_gap(Kind kind) throws IOException {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            Path file = directory.resolve("audit.jsonl");
            AuditStream stream = stream(stand, "file", new FileSink(file, 1 << 20, 3));
            stand.sealed(2);
            stream.run();
            Path written = Files.move(file, directory.resolve("written"));
            Files.createSymbolicLink(file, Path.of("/dev/full"));
            stand.sealed(2);
            stand.clock.advance(Duration.ofMinutes(6));
            stream.run();
            stand.sealed(1);
            assertThat(gauge("lockstep.audit.stream.failing")).isEqualTo(1);
            assertThat(gauge("lockstep.audit.stream.lag")).isGreaterThanOrEqualTo(360);

            Files.delete(file);
            Files.move(written, file);
            stream.run();
            assertThat(positions(file)).containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(gauge("lockstep.audit.stream.failing")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_trail_that_was_cut_in_the_middle_is_not_passed_over_in_silence(Kind kind) throws IOException {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            Path file = directory.resolve("audit.jsonl");
            AuditStream stream = stream(stand, "file", new FileSink(file, 1 << 20, 3));
            stand.sealed(4);
            stand.tamper("DELETE FROM audit_event WHERE id = " + stand.eventAt(3));

            stream.run();

            assertThat(positions(file)).containsExactly(1L, 2L);
            assertThat(gauge("lockstep.audit.stream.failing")).isEqualTo(1);
        }
    }

    @Test
    void a_line_that_a_full_disk_has_cut_off_is_written_anew() throws IOException {
        try (AuditStand stand = AuditStand.open(Kind.H2, directory)) {
            Path file = directory.resolve("audit.jsonl");
            AuditStream stream = stream(stand, "file", new FileSink(file, 1 << 20, 3));
            stand.sealed(1);
            stream.run();
            Files.writeString(file, "{\"position\":2,\"ha", StandardOpenOption.APPEND);
            stand.sealed(1);
            stream.run();

            assertThat(positions(file)).containsExactly(1L, 2L);
        }
    }

    @Test
    void files_are_put_aside_when_they_are_full_and_the_oldest_go() throws IOException {
        try (AuditStand stand = AuditStand.open(Kind.H2, directory)) {
            Path file = directory.resolve("audit.jsonl");
            AuditStream stream = stream(stand, "file", new FileSink(file, 1000, 2));
            for (int turn = 0; turn < 12; turn++) {
                stand.sealed(1);
                stream.run();
            }

            List<Long> all = new ArrayList<>();
            for (String name : List.of("audit.jsonl.2", "audit.jsonl.1", "audit.jsonl")) {
                assertThat(Files.size(directory.resolve(name))).isLessThanOrEqualTo(1000);
                all.addAll(positions(directory.resolve(name)));
            }
            assertThat(all).isSorted().last().isEqualTo(12L);
            assertThat(all).hasSize((int) (12 - all.get(0) + 1));
            assertThat(directory.resolve("audit.jsonl.3")).doesNotExist();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void only_one_node_hands_on_and_another_goes_on_when_it_dies(Kind kind) throws IOException {
        try (AuditStand stand = AuditStand.open(kind, directory)) {
            Path one = directory.resolve("one.jsonl");
            Path other = directory.resolve("other.jsonl");
            AuditStream first = stream(stand, "siem", new FileSink(one, 1 << 20, 1));
            AuditStream second = stream(stand, "siem", new FileSink(other, 1 << 20, 1));
            stand.sealed(2);
            first.run();
            second.run();
            assertThat(other).doesNotExist();

            stand.sealed(2);
            stand.clock.advance(Duration.ofMinutes(3));
            second.run();
            first.run();
            assertThat(positions(one)).containsExactly(1L, 2L);
            assertThat(positions(other)).containsExactly(3L, 4L);
        }
    }

    @Test
    void syslog_over_tcp_goes_on_where_the_receiver_was_lost() {
        try (AuditStand stand = AuditStand.open(Kind.H2, directory)) {
            SyslogReceiver receiver = new SyslogReceiver(ServerSocketFactory.getDefault(), 0);
            int port = receiver.port();
            AuditStream stream = stream(stand, "siem", syslog("tcp", port));
            stand.sealed(2);
            stream.run();
            receiver.deaf(true);
            stand.sealed(700);
            stream.run();
            assertThat(gauge("lockstep.audit.stream.failing")).isEqualTo(1);
            receiver.close();
            stream.run();
            try (SyslogReceiver again = new SyslogReceiver(ServerSocketFactory.getDefault(), port)) {
                stream.run();
                assertThat(messagePositions(receiver.messages)).containsExactly(1L, 2L);
                assertThat(messagePositions(again.messages))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(3, 702).boxed().toList());
                assertThat(again.messages.get(0))
                        .startsWith(
                                "<110>1 2026-03-01T10:00:00.123456Z node-1 lockstep - target.apply - {\"position\":3,");
            }
        }
    }

    @Test
    void syslog_over_tls_trusts_the_bundle_only() {
        TestCertificate genuine = TestCertificate.named(directory, "siem");
        TestCertificate stranger = TestCertificate.named(directory, "stranger");
        try (AuditStand stand = AuditStand.open(Kind.H2, directory);
                SyslogReceiver receiver = new SyslogReceiver(genuine.server().getServerSocketFactory(), 0)) {
            stand.sealed(2);
            stream(stand, "wrong", syslog(receiver.port(), stranger.client())).run();
            assertThat(receiver.messages).isEmpty();
            stream(stand, "right", syslog(receiver.port(), genuine.client())).run();
            assertThat(messagePositions(receiver.messages)).containsExactly(1L, 2L);
        }
    }

    @Test
    void syslog_over_udp_is_one_message_each() throws IOException {
        try (AuditStand stand = AuditStand.open(Kind.H2, directory);
                DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            receiver.setSoTimeout(5000);
            stand.sealed(2);
            stream(stand, "siem", syslog("udp", receiver.getLocalPort())).run();
            List<String> messages = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
                receiver.receive(packet);
                messages.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
            }
            assertThat(messagePositions(messages)).containsExactly(1L, 2L);
        }
    }

    @Test
    void a_collector_of_open_telemetry_gets_records_again_until_it_takes_them() throws IOException {
        List<LogRecord> taken = new CopyOnWriteArrayList<>();
        int[] status = {503};
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        collector.createContext("/v1/logs", exchange -> {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            ExportLogsServiceRequest request = ExportLogsServiceRequest.parseFrom(
                    zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody());
            if (status[0] == 200) {
                request.getResourceLogsList()
                        .forEach(resource ->
                                resource.getScopeLogsList().forEach(scope -> taken.addAll(scope.getLogRecordsList())));
            }
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        collector.start();
        try (AuditStand stand = AuditStand.open(Kind.H2, directory)) {
            String address = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/logs";
            AuditStream stream = stream(stand, "otel", new OtlpSink(address, "node-1"));
            stand.sealed(3);
            stream.run();
            assertThat(gauge("lockstep.audit.stream.failing")).isEqualTo(1);
            status[0] = 200;
            stream.run();
            assertThat(taken).hasSize(3);
            JsonNode body = JSON.readTree(taken.get(2).getBody().getStringValue());
            assertThat(body.path("position").asLong()).isEqualTo(3);
            assertThat(taken.get(2).getAttributesList().toString()).contains("lockstep.audit.position");
        } finally {
            collector.stop(0);
        }
    }

    private AuditStream stream(AuditStand stand, String name, StreamSink sink) {
        meters.clear();
        return new AuditStream(
                name,
                sink,
                new StreamCursor(stand.jdbc, stand.clock, name),
                stand.chain,
                stand.archives,
                stand.clock,
                meters);
    }

    private static SyslogSink syslog(String scheme, int port) {
        return new SyslogSink(URI.create(scheme + "://127.0.0.1:" + port), "node-1", () -> {
            throw new IllegalStateException("no TLS is asked for");
        });
    }

    private static SyslogSink syslog(int port, SSLContext trust) {
        return new SyslogSink(URI.create("tls://127.0.0.1:" + port), "node-1", () -> trust);
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }

    private static List<Long> messagePositions(List<String> messages) {
        return messages.stream()
                .map(message -> message.substring(message.indexOf('{')))
                .map(AuditStreamTest::position)
                .toList();
    }

    private static List<Long> positions(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(AuditStreamTest::position).toList();
        }
    }

    private static long position(String line) {
        try {
            return JSON.readTree(line).path("position").asLong();
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }
}
