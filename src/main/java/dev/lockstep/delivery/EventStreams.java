package dev.lockstep.delivery;

import dev.lockstep.domain.VersionChange;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.VersionChanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells programs that listen which versions begin and end, by name and number. Each node looks into the ledger, where
 * changes stand in one order for all: each stream knows its place in it, and one that comes back goes on at the place
 * where it was, at whichever node. Tokens are looked up before each telling.
 */
final class EventStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

    /** Of this node. */
    private static final int MOST = 1_000;
    /** Of each running copy; the second is for one that comes back before its first connection is known to be gone. */
    private static final int MOST_OF_COPY = 2;
    /** Events told to a stream in one look; half of what it may leave untaken. */
    private static final int AT_ONCE = 500;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,18}");

    private final VersionChanges changes;
    private final ReaderTokens tokens;
    private final Callers callers;
    private final ReadRights rights;
    private final DeliveryMetrics metrics;
    private final Clock clock;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    private volatile @Nullable ScheduledExecutorService thread;

    EventStreams(
            VersionChanges changes,
            ReaderTokens tokens,
            Callers callers,
            ReadRights rights,
            DeliveryMetrics metrics,
            Clock clock) {
        this.changes = changes;
        this.tokens = tokens;
        this.callers = callers;
        this.rights = rights;
        this.metrics = metrics;
        this.clock = clock;
        metrics.streams(open);
    }

    /** @throws Refused when there are too many */
    void open(Caller caller, Ask ask) {
        Optional<Long> before = place(ask.lastEvent());
        long last = changes.last();
        boolean known = before.map(place -> place <= last && place >= changes.forgotten())
                .orElse(true);
        long place = known ? before.orElse(last) : last;
        open(caller, ask, place, known ? Event.begun(place) : Event.missed(place));
    }

    private static Optional<Long> place(String lastEvent) {
        if (lastEvent.isEmpty()) {
            return Optional.empty();
        }
        if (!PLACE.matcher(lastEvent).matches()) {
            throw Refused.because(
                    400, "Last-Event-ID: is no id of an event; send the last one you got, or leave the header out");
        }
        return Optional.of(Long.valueOf(lastEvent));
    }

    private synchronized void open(Caller caller, Ask ask, long place, String first) {
        if (thread == null || open.size() >= MOST) {
            throw Refused.because(
                    503, "this node takes no more streams of events now; try again, or read now and then");
        }
        String copy = caller.token().instance();
        if (open.stream().filter(stream -> stream.instance().equals(copy)).count() >= MOST_OF_COPY) {
            throw Refused.because(
                    429, "a running copy has at most " + MOST_OF_COPY + " streams of events; use one that is open");
        }
        try {
            EventStream stream = EventStream.open(Callers.hash(ask), caller, ask.keep(), open::remove);
            stream.toldTo(place);
            // Nothing may be told before the beginning, and what has ended has to be found among the open ones.
            synchronized (stream) {
                open.add(stream);
                stream.send(first, clock.instant());
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void turn() {
        List<EventStream> streams = List.copyOf(open);
        if (streams.isEmpty()) {
            return;
        }
        try {
            Map<String, ReaderTokens.Token> valid =
                    tokens.find(streams.stream().map(EventStream::token).collect(Collectors.toSet()));
            Map<Long, List<VersionChange>> after = new HashMap<>();
            for (EventStream stream : streams) {
                Optional.ofNullable(valid.get(stream.token()))
                        .flatMap(token -> callers.of(token, stream.from()))
                        .ifPresentOrElse(
                                caller -> tell(
                                        stream,
                                        caller,
                                        after.computeIfAbsent(stream.place(), place -> changes.after(place, AT_ONCE))),
                                stream::end);
            }
        } catch (RuntimeException failure) {
            log.warn("programs that listen wait, because the ledger cannot be read: {}", failure.getMessage());
        }
    }

    private void tell(EventStream stream, Caller caller, List<VersionChange> news) {
        Instant now = clock.instant();
        for (VersionChange change : news) {
            if (change.concerns(caller.identity().consumer())
                    && rights.readable(caller, change.ref().credential()).isPresent()) {
                stream.send(Event.of(change), now);
                metrics.event(change.sort());
            }
            stream.toldTo(change.place());
        }
        if (!now.isBefore(stream.lastAt().plus(HEARTBEAT))) {
            stream.send(Event.alive(stream.place()), now);
        }
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread looks = new Thread(task, "delivery-events");
            looks.setDaemon(true);
            return looks;
        });
        ScheduledFuture<?> unused =
                executor.scheduleWithFixedDelay(this::turn, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    /** Comes before the server waits for requests that are under way: these have no end of their own. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService executor = thread;
        if (executor != null) {
            thread = null;
            executor.shutdownNow();
            List.copyOf(open).forEach(EventStream::end);
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
