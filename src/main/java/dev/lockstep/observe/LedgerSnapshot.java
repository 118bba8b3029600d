package dev.lockstep.observe;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Readings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What gauges and health know of the ledger, read at most every few seconds however often somebody asks. */
final class LedgerSnapshot {

    /** Counts of operations stop here, so that reading them stays cheap. */
    static final int MOST_OPERATIONS = 2_000;

    private static final Duration ODD_FOR = Duration.ofDays(1);
    private static final Duration OPERATIONS_GOOD_FOR = Duration.ofSeconds(10);
    private static final Duration INVENTORY_GOOD_FOR = Duration.ofMinutes(1);

    private final Clock clock;
    private final Remembered<List<Operation>> active;
    private final Remembered<Integer> backlog;
    private final Remembered<Map<CredentialStatus, Long>> credentials;
    private final Remembered<Optional<Instant>> firstDue;
    private final Remembered<Long> tooOld;
    private final Remembered<Map<Readings.Oddity.Kind, Long>> oddReads;

    LedgerSnapshot(Operations operations, Dispatch dispatch, Inventory inventory, Readings readings, Clock clock) {
        this.clock = clock;
        this.active = new Remembered<>(() -> operations.active(MOST_OPERATIONS), OPERATIONS_GOOD_FOR, clock);
        this.backlog = new Remembered<>(dispatch::backlog, OPERATIONS_GOOD_FOR, clock);
        this.credentials = new Remembered<>(inventory::counts, INVENTORY_GOOD_FOR, clock);
        this.firstDue = new Remembered<>(inventory::firstDue, OPERATIONS_GOOD_FOR, clock);
        this.tooOld = new Remembered<>(() -> inventory.tooOld(clock.instant()), INVENTORY_GOOD_FOR, clock);
        this.oddReads =
                new Remembered<>(() -> readings.counts(clock.instant().minus(ODD_FOR)), INVENTORY_GOOD_FOR, clock);
    }

    /** How many operations wait to be claimed. */
    int backlog() {
        return backlog.value();
    }

    /** Active operations in a status. */
    List<Operation> in(OperationStatus status) {
        return active.value().stream()
                .filter(operation -> operation.status() == status)
                .toList();
    }

    /** How many active operations failed at their last attempt: they retry, wait for a human or stand still. */
    long failing() {
        return active.value().stream()
                .filter(operation -> operation.failure() != null)
                .count();
    }

    /** How long the operation that has waited longest could have been claimed. */
    Duration oldestWaiting() {
        return longestSince(
                in(OperationStatus.QUEUED).stream().map(Operation::notBefore).toList());
    }

    /** How many credentials have a status. */
    long credentials(CredentialStatus status) {
        return credentials.value().getOrDefault(status, 0L);
    }

    /** How long the credential that is overdue longest has been due. */
    Duration mostOverdue() {
        return longestSince(firstDue.value().stream().toList());
    }

    /** How many credentials have a secret that is older than their policy allows. */
    long tooOld() {
        return tooOld.value();
    }

    /** How many different reads of the last day somebody should look at. */
    long oddReads(Readings.Oddity.Kind kind) {
        return oddReads.value().getOrDefault(kind, 0L);
    }

    private Duration longestSince(Collection<Instant> moments) {
        Instant now = clock.instant();
        return moments.stream()
                .min(Instant::compareTo)
                .filter(now::isAfter)
                .map(oldest -> Duration.between(oldest, now))
                .orElse(Duration.ZERO);
    }
}
