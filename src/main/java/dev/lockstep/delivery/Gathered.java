package dev.lockstep.delivery;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database once for all who wait for an answer. Nothing is remembered: whoever asks gets what is found by a
 * query that begins after the question, so that a change which is committed counts for every question that follows.
 */
final class Gathered<K, V> implements AutoCloseable {

    private static final int MOST = 256;
    /** While several ask at once, more are waited for; a lonely question is never held up. */
    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private record Waiting<K, V>(K key, CompletableFuture<@Nullable V> answer) {}

    private final Function<Set<K>, Map<K, V>> load;
    private final BlockingQueue<Waiting<K, V>> queue = new LinkedBlockingQueue<>();
    private final Thread thread;

    /** @param load answers many questions at once; leaves out what has no answer */
    Gathered(String name, Function<Set<K>, Map<K, V>> load) {
        this.load = load;
        this.thread = new Thread(this::run, "delivery-" + name);
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** The answer; null when there is none. */
    @Nullable
    V ask(K key) {
        Waiting<K, V> waiting = new Waiting<>(key, new CompletableFuture<>());
        queue.add(waiting);
        try {
            return waiting.answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw unanswered();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered();
        }
    }

    private static RetryableException unanswered() {
        return new RetryableException(
                FailureCode.STORE_UNAVAILABLE, "The ledger did not answer in time; try again in a moment.");
    }

    private void run() {
        List<Waiting<K, V>> taken = new ArrayList<>();
        boolean busy = false;
        while (!Thread.currentThread().isInterrupted()) {
            taken.clear();
            try {
                taken.add(queue.take());
            } catch (InterruptedException end) {
                return;
            }
            if (busy) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            queue.drainTo(taken, MOST - 1);
            busy = taken.size() > 1;
            answer(taken);
        }
    }

    /** Nothing may end the thread: everybody who comes later waits for it. */
    private void answer(List<Waiting<K, V>> taken) {
        try {
            Set<K> keys = new LinkedHashSet<>();
            taken.forEach(waiting -> keys.add(waiting.key()));
            Map<K, V> answers = load.apply(keys);
            taken.forEach(waiting -> waiting.answer().complete(answers.get(waiting.key())));
        } catch (RuntimeException | Error failure) {
            taken.forEach(waiting -> waiting.answer().completeExceptionally(failure));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
