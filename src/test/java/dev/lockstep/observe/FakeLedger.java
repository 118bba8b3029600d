package dev.lockstep.observe;

import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Claim;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Due;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A ledger in memory with as much behaviour as meters and traces can see. */
class FakeLedger implements FakeLedgerPorts {

    final List<Operation> operations = new ArrayList<>();
    final List<InventoryEntry> entries = new ArrayList<>();
    int backlog;
    int reads;

    @Override
    public Optional<Operation> find(long id) {
        return operations.stream().filter(each -> each.id() == id).findFirst();
    }

    @Override
    public boolean close(long id, Outcome outcome) {
        return operations.removeIf(each -> each.id() == id);
    }

    @Override
    public List<Operation> active(int limit) {
        reads++;
        return operations.stream()
                .filter(each -> each.status() != OperationStatus.CLOSED)
                .limit(limit)
                .toList();
    }

    @Override
    public int backlog() {
        return backlog;
    }

    @Override
    public int emergenciesWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<CredentialStatus, Long> counts() {
        return entries.stream().collect(Collectors.groupingBy(InventoryEntry::status, Collectors.counting()));
    }

    @Override
    public Optional<Instant> firstDue() {
        return entries.stream()
                .filter(entry -> entry.status() == CredentialStatus.ACTIVE)
                .map(InventoryEntry::nextRotationAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    @Override
    public long tooOld(Instant at) {
        return entries.stream()
                .filter(entry -> entry.status() == CredentialStatus.ACTIVE)
                .map(InventoryEntry::rotateBy)
                .filter(by -> by != null && by.isBefore(at))
                .count();
    }

    @Override
    public List<InventoryEntry> list() {
        return List.copyOf(entries);
    }

    @Override
    public void fail(Attempt attempt, LockstepException failure) {}

    @Override
    public Attempt begin(long operation, Step step, Duration timeout, Map<String, String> details) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void succeed(Attempt attempt, Map<String, String> details) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> supersededOfLate(int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Instant> lateChanges(CredentialName credential, long operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int failures(long operation, Step step, FailureCode code) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Entry> list(long operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Line> lines(Instant now, int minimumPriority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Claim> claim(Line line, int limit, Instant now, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Claim> claim(long operation, Instant now, Duration lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean bind(Claim claim, String processInstance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean postpone(Claim claim, Instant notBefore, FailureCode code, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean park(Claim claim, Instant notBefore) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean recover(long operation, String processInstance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> superseded(Instant since, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean quarantine(Claim claim, FailureCode code, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean requeue(long operation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> calledOff(int limit) {
        return List.of();
    }

    @Override
    public void keepPrevious(long id, Instant until) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Look refreshed(long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Operation> request(OperationRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> requestDue(Instant now, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> requestExpired(Instant now, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Operation get(long id) {
        return find(id).orElseThrow();
    }

    @Override
    public Optional<Operation> active(CredentialName credential) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Operation> history(CredentialName credential, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean nextRound(long id, int round, boolean newSecret) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean requestRollback(long id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void noteFailure(long id, FailureCode code, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void enter(CredentialName name, String target, Due due) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<InventoryEntry> find(CredentialName name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void plan(CredentialName name, Due due) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean urge(long id, int priority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean takeUp(long id, OperationRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean replan(CredentialName name, Due due) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void expire(CredentialName name, @Nullable Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void shelve(CredentialName name, CredentialStatus status) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void mark(CredentialName name, CredentialStatus status) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rotated(CredentialName name, Instant at) {
        throw new UnsupportedOperationException();
    }
}
