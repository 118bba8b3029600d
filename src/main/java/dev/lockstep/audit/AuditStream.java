package dev.lockstep.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the sealed entries on, in the order of the chain, beginning with the first that is not archived. What writes
 * the trail knows nothing of it: a receiver that is away makes the stream late, and afterwards it goes on where it was.
 */
final class AuditStream implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(AuditStream.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 100;

    private final String name;
    private final StreamSink sink;
    private final StreamCursor cursor;
    private final Chain chain;
    private final Archives archives;
    private final Clock clock;
    private final Counter entries;
    private volatile @Nullable Instant waitsSince;
    private volatile boolean failing;

    AuditStream(
            String name,
            StreamSink sink,
            StreamCursor cursor,
            Chain chain,
            Archives archives,
            Clock clock,
            MeterRegistry meters) {
        this.name = name;
        this.sink = sink;
        this.cursor = cursor;
        this.chain = chain;
        this.archives = archives;
        this.clock = clock;
        this.entries = Counter.builder("lockstep.audit.stream.entries")
                .description("Audit entries that this node has handed on")
                .tag("stream", name)
                .register(meters);
        Gauge.builder("lockstep.audit.stream.lag", this, AuditStream::lagSeconds)
                .description("Age of the oldest audit entry that this node could not hand on")
                .tag("stream", name)
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("lockstep.audit.stream.failing", this, stream -> stream.failing ? 1 : 0)
                .description("1 while the receiver does not take what is handed on")
                .tag("stream", name)
                .register(meters);
    }

    /** One turn; never throws. A failure is logged once, and so is recovery. */
    @Override
    public void run() {
        try {
            handOn();
            if (failing) {
                log.info("The audit stream {} goes on", name);
            }
            failing = false;
        } catch (IOException | RuntimeException failure) {
            if (!failing) {
                log.warn("The audit stream {} is held up; it goes on where it is: {}", name, failure.toString());
            }
            failing = true;
        }
    }

    private void handOn() throws IOException {
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            OptionalLong held = cursor.hold();
            if (held.isEmpty()) {
                waitsSince = null;
                return;
            }
            List<StreamedEntry> next =
                    next(Math.max(held.getAsLong(), archives.base().position()));
            waitsSince = next.isEmpty() ? null : next.get(0).event().recordedAt();
            if (next.isEmpty()) {
                return;
            }
            sink.send(next);
            long last = next.get(next.size() - 1).position();
            if (!cursor.move(held.getAsLong(), last)) {
                return;
            }
            entries.increment(next.size());
            waitsSince = null;
        }
    }

    /** @throws IOException when the trail was cut there: nothing may be left out unnoticed */
    private List<StreamedEntry> next(long after) throws IOException {
        List<StreamedEntry> next = new ArrayList<>();
        for (Chain.Link link : chain.page(after, BATCH)) {
            long expected = after + 1 + next.size();
            StoredEvent event = link.event();
            if (event == null || link.position() != expected) {
                if (next.isEmpty()) {
                    throw new IOException("the trail has no entry at position " + expected + " any more; verify it");
                }
                break;
            }
            next.add(new StreamedEntry(link.position(), link.hash(), event));
        }
        return next;
    }

    private double lagSeconds() {
        Instant oldest = waitsSince;
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0);
    }
}
