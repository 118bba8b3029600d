package dev.lockstep.audit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Gives each piece of repeated work a thread of its own, so that one that is held up holds up no other. */
final class Turns implements SmartLifecycle {

    private final String thread;
    private final List<? extends Runnable> works;
    private final Duration pause;
    private @Nullable ScheduledExecutorService threads;

    /**
     * @param thread name of the threads
     * @param works none of which throws
     * @param pause between two turns
     */
    Turns(String thread, List<? extends Runnable> works, Duration pause) {
        this.thread = thread;
        this.works = works;
        this.pause = pause;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a turn never throws, so the future has nothing to tell
    public synchronized void start() {
        if (works.isEmpty() || threads != null) {
            return;
        }
        ScheduledExecutorService each = Executors.newScheduledThreadPool(works.size(), task -> {
            Thread made = new Thread(task, thread);
            made.setDaemon(true);
            return made;
        });
        works.forEach(work -> each.scheduleWithFixedDelay(work, 0, pause.toMillis(), TimeUnit.MILLISECONDS));
        threads = each;
    }

    /** What is on its way may end; a turn that does not is taken again after the next start. */
    @Override
    public synchronized void stop() {
        if (threads != null) {
            threads.shutdownNow();
            threads = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return threads != null;
    }
}
