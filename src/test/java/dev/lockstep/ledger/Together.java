package dev.lockstep.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs the same work on several threads that start at the same moment. */
final class Together {

    private Together() {}

    /** What each thread returned; fails when one threw or did not end within a minute. */
    static <T> List<T> run(int threads, Callable<T> work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<T> values = new ArrayList<>();
            for (Future<T> result : results) {
                values.add(result.get(1, TimeUnit.MINUTES));
            }
            return values;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the threads did not all end well", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
