package dev.lockstep.process;

import dev.lockstep.domain.Claim;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Dispatch.Line;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Queued operations of at least some priority, shared out fairly between targets. */
final class OperationSource implements WorkSource {

    /** What was seen is good for so many times as long as it took to look: looking never takes more than its share. */
    private static final int LOOK_SHARE = 50;

    /** But never for longer: others may have come. */
    private static final long GOOD_NANOS = 250_000_000;

    private final int minimumPriority;
    private final Dispatch dispatch;
    private final FairShares shares;
    private final Consumer<Claim> run;
    private final Clock clock;
    private final LongSupplier nanos;

    private List<Line> lines = List.of();
    private long goodUntil;

    /** Whether operations may have been passed over because their target had no room; it may have some by now. */
    private volatile boolean leftBehind;

    OperationSource(
            int minimumPriority,
            Dispatch dispatch,
            FairShares shares,
            Consumer<Claim> run,
            Clock clock,
            LongSupplier nanos) {
        this.minimumPriority = minimumPriority;
        this.dispatch = dispatch;
        this.shares = shares;
        this.run = run;
        this.clock = clock;
        this.nanos = nanos;
        this.goodUntil = nanos.getAsLong();
    }

    /** What has been claimed is run also when claiming more fails; the next claim meets that failure again. */
    @Override
    public List<Work> claim(int most, Crew.Roll crew) {
        List<Work> taken = new ArrayList<>();
        try {
            boolean seen = nanos.getAsLong() - goodUntil < 0;
            if (!seen) {
                look();
            }
            take(most, crew, taken);
            if (seen && taken.size() < most) {
                look();
                take(most, crew, taken);
            }
        } catch (RuntimeException failure) {
            if (taken.isEmpty()) {
                throw failure;
            }
        }
        leftBehind = !lines.isEmpty();
        return taken;
    }

    private void look() {
        long before = nanos.getAsLong();
        lines = new ArrayList<>(dispatch.lines(clock.instant(), minimumPriority));
        long after = nanos.getAsLong();
        goodUntil = after + Math.min(GOOD_NANOS, LOOK_SHARE * (after - before));
    }

    /** Shares out anew what a line that turned out to be short has left. */
    private void take(int most, Crew.Roll crew, List<Work> taken) {
        Map<Line, Integer> shares;
        do {
            shares = this.shares.among(lines, most - taken.size(), crew.with(taken));
            shares.forEach((line, share) -> taken.addAll(take(line, share)));
        } while (!shares.isEmpty());
    }

    private List<Work> take(Line line, int share) {
        List<Claim> claims = dispatch.claim(line, share, clock.instant(), OperationRun.LEASE);
        if (claims.size() < share) {
            lines.remove(line);
        }
        return claims.stream()
                .map(claim -> new Work(line.target(), () -> run.accept(claim)))
                .toList();
    }

    @Override
    public boolean passedOver() {
        return leftBehind;
    }
}
