package dev.lockstep.observe;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Outcome;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Operations;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells meters and traces how operations end, once that is committed, and why steps fail. */
final class LedgerCare {

    private static final String UNKNOWN = "unknown";

    private final Catalog catalog;
    private final Clock clock;
    private final OperationMetrics metrics;
    private final Spans spans;

    LedgerCare(Catalog catalog, Clock clock, OperationMetrics metrics, Spans spans) {
        this.catalog = catalog;
        this.clock = clock;
        this.metrics = metrics;
        this.spans = spans;
    }

    /**
     * A call of {@link Operations#close}.
     *
     * @param operations the ledger itself, not what stands in front of it
     */
    @Nullable
    Object closing(Operations operations, Around.Call call) throws Throwable {
        if (!(call.arguments().get(0) instanceof Long id) || !(call.arguments().get(1) instanceof Outcome outcome)) {
            return call.proceed();
        }
        Optional<Operation> before = operations.find(id);
        Object won = call.proceed();
        if (Boolean.TRUE.equals(won)) {
            before.map(operation -> closed(operation, outcome)).ifPresent(this::tellAfterCommit);
        }
        return won;
    }

    /** A call of {@link dev.lockstep.port.Attempts#fail}. */
    @Nullable
    Object failing(Around.Call call) throws Throwable {
        Object result = call.proceed();
        if (call.arguments().get(0) instanceof Attempt attempt
                && call.arguments().get(1) instanceof Throwable failure) {
            metrics.failed(attempt.step(), failure);
        }
        return result;
    }

    private void tellAfterCommit(ClosedOperation closed) {
        AfterCommit.run(() -> {
            metrics.closed(closed);
            spans.root(closed);
        });
    }

    private ClosedOperation closed(Operation operation, Outcome outcome) {
        Optional<Credential> credential = catalog.credential(operation.credential());
        String strategy =
                credential.map(known -> known.policy().strategy().label()).orElse(UNKNOWN);
        String type = credential
                .flatMap(known -> target(known.target()))
                .map(Endpoint::type)
                .orElse(UNKNOWN);
        return new ClosedOperation(operation, type, strategy, outcome, clock.instant());
    }

    private Optional<Endpoint> target(String name) {
        return catalog.targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst();
    }
}
