package dev.lockstep.signal.reads;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.Emergencies;
import dev.lockstep.port.ReadWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Puts reads into a queue, from which one thread takes them. The same anomaly is a signal once an hour at most; which
 * of several nodes sees it makes no difference.
 */
final class QueuedReadWatch implements ReadWatch, SmartLifecycle {

    static final int MOST_WAITING = 16_384;

    private static final Logger log = LoggerFactory.getLogger(QueuedReadWatch.class);
    private static final Duration ONCE_PER = Duration.ofHours(1);
    private static final int MOST_TOLD = 50_000;

    private record Told(Anomaly.Sort sort, String identity, CredentialName credential, long hour) {}

    private final Anomalies anomalies;
    private final Emergencies emergencies;
    private final MeterRegistry meters;
    private final Counter leftOut;
    private final BlockingQueue<Read> reads = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Map<Told, Boolean> told = new Recent<>(MOST_TOLD);
    private volatile @Nullable Thread worker;

    QueuedReadWatch(Anomalies anomalies, Emergencies emergencies, MeterRegistry meters) {
        this.anomalies = anomalies;
        this.emergencies = emergencies;
        this.meters = meters;
        this.leftOut = Counter.builder("lockstep.read.watch.left.out")
                .description("Reads that were not looked at because too many came at once")
                .register(meters);
    }

    @Override
    public void read(String identity, CredentialName credential, int version, InetAddress address, Instant at) {
        if (!reads.offer(new Read(identity, credential, version, address, at))) {
            leftOut.increment();
        }
    }

    /** How many reads wait to be looked at. */
    int waiting() {
        return reads.size();
    }

    @Override
    public synchronized void start() {
        Thread thread = new Thread(this::loop, "read-watch");
        thread.setDaemon(true);
        worker = thread;
        thread.start();
    }

    private void loop() {
        while (isRunning()) {
            try {
                Read read = reads.poll(1, TimeUnit.SECONDS);
                if (read != null) {
                    anomalies.of(read).forEach(this::tell);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException failure) {
                log.warn("a read could not be looked at: {}", failure.getMessage());
            }
        }
    }

    private void tell(Anomaly anomaly) {
        Read read = anomaly.read();
        Told key = new Told(
                anomaly.sort(), read.identity(), read.credential(), read.at().getEpochSecond() / ONCE_PER.toSeconds());
        if (told.containsKey(key)) {
            return;
        }
        emergencies.report(new Signal(
                Signal.Source.DELIVERY,
                "reads:" + Digests.sha256(key.toString()),
                Signal.Kind.ANOMALY,
                anomaly.rule().confidence(),
                Signal.Exposure.UNKNOWN,
                null,
                read.credential(),
                null,
                "rule " + anomaly.rule().name(),
                anomaly.what(),
                read.at()));
        // Only now: what could not be reported is reported with the next read.
        told.put(key, true);
        meters.counter("lockstep.read.anomalies", "sort", anomaly.sort().name().toLowerCase(Locale.ROOT))
                .increment();
    }

    @Override
    public synchronized void stop() {
        Thread running = worker;
        worker = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return worker != null;
    }
}
