package dev.lockstep.delivery;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One program that listens. Nothing here waits for it: what it does not take yet is kept, and when that is too much, it
 * goes.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final int MOST_KEPT = 1_000;

    private final String token;
    private final String instance;
    private final InetAddress from;
    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Consumer<EventStream> ended;
    private final Queue<byte[]> kept = new ArrayDeque<>();
    private Instant lastAt = Instant.MIN;
    private long place;
    private boolean begun;
    private boolean unflushed;
    private boolean over;

    private EventStream(String token, Caller caller, AsyncContext context, Consumer<EventStream> ended)
            throws IOException {
        this.token = token;
        this.instance = caller.token().instance();
        this.from = caller.from();
        this.context = context;
        this.out = context.getResponse().getOutputStream();
        this.ended = ended;
    }

    /**
     * Begins with the connection of a request.
     *
     * @param token what the ledger knows the token by
     * @param ended told when it is over
     */
    static EventStream open(String token, Caller caller, AsyncContext context, Consumer<EventStream> ended)
            throws IOException {
        EventStream stream = new EventStream(token, caller, context, ended);
        context.addListener(stream);
        stream.out.setWriteListener(stream);
        return stream;
    }

    String token() {
        return token;
    }

    /** Which running copy of a program listens. */
    String instance() {
        return instance;
    }

    /** Where it listens. */
    InetAddress from() {
        return from;
    }

    /** The change up to which it was told; only used by who tells. */
    long place() {
        return place;
    }

    void toldTo(long told) {
        place = told;
    }

    /** When something was sent last. */
    synchronized Instant lastAt() {
        return lastAt;
    }

    /** Sends as soon as it can be taken. */
    synchronized void send(String text, Instant now) {
        if (kept.size() >= MOST_KEPT) {
            end();
            return;
        }
        lastAt = now;
        kept.add(text.getBytes(StandardCharsets.UTF_8));
        write();
    }

    private void write() {
        try {
            while (begun && !over && out.isReady()) {
                if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    byte @Nullable [] next = kept.poll();
                    if (next == null) {
                        return;
                    }
                    unflushed = true;
                    out.write(next);
                }
            }
        } catch (IOException | RuntimeException gone) {
            // A container says in many ways that a connection is no more; none of them may hold up the others.
            end();
        }
    }

    synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        ended.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException closed) {
            // Whoever listened is gone already.
        }
    }

    @Override
    public synchronized void onWritePossible() {
        begun = true;
        write();
    }

    @Override
    public void onError(Throwable gone) {
        end();
    }

    @Override
    public void onError(AsyncEvent gone) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent late) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent complete) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent again) {
        // Nobody starts it a second time.
    }
}
