package dev.lockstep.web;

import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Claim;
import dev.lockstep.domain.Consumer;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Outcome;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Stage;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Strategy;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Versions;
import dev.lockstep.process.PaperCatalog;
import dev.lockstep.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** A small house full of credentials: one in each state that the pages and the API can show. */
@TestComponent
class Samples {

    static final String PASSWORD = "long enough to pass";

    static final String FINE = "prod/shop/postgres/orders-app";
    static final String IN_GRACE = "prod/shop/postgres/billing-app";
    static final String WAITING = "prod/shop/postgres/reports";
    static final String RETRYING = "prod/shop/postgres/search";
    static final String OVERDUE = "prod/pay/postgres/ledger-app";
    static final String QUARANTINED = "prod/pay/postgres/cards";
    static final String CONTAINED = "prod/pay/postgres/leaked";
    static final String FAILED = "prod/pay/postgres/settlement";
    static final String UNMANAGED = "prod/old/postgres/legacy";
    static final String ON_DEMAND = "stage/shop/postgres/orders-app";

    /** For tests that change something. */
    static final String FREE = "test/web/postgres/free";

    /** Fingerprint and rules of every version: neither may ever be shown. */
    static final String FINGERPRINT = "f1f1".repeat(16);

    private static final Duration HOUR = Duration.ofHours(1);

    private final PaperCatalog catalog;
    private final Inventory inventory;
    private final Versions versions;
    private final Operations operations;
    private final Attempts attempts;
    private final Dispatch dispatch;
    private final Consumers consumers;
    private final PaperTasks tasks;
    private final TestClock clock;
    private final Instant now;

    Samples(
            PaperCatalog catalog,
            Inventory inventory,
            Versions versions,
            Operations operations,
            Attempts attempts,
            Dispatch dispatch,
            Consumers consumers,
            PaperTasks tasks,
            TestClock clock,
            UserAdministration users) {
        this.catalog = catalog;
        this.inventory = inventory;
        this.versions = versions;
        this.operations = operations;
        this.attempts = attempts;
        this.dispatch = dispatch;
        this.consumers = consumers;
        this.tasks = tasks;
        this.clock = clock;
        this.now = clock.instant();
        for (Role role : Role.values()) {
            users.create("test", role.label(), "Somebody", SecretValue.of(PASSWORD), Set.of(role));
        }
        fill();
        clock.set(now);
    }

    private void fill() {
        calm();
        running();
        troubled();
    }

    private void calm() {
        rotated(add(FINE, Strategy.IN_PLACE, "orders-db", HOUR.multipliedBy(6)), 3);
        add(ON_DEMAND, Strategy.IN_PLACE, "stage-db", null);
        add(FREE, Strategy.IN_PLACE, "stage-db", null);
        rotated(CredentialName.of(FREE), 1);
        CredentialName legacy = CredentialName.of(UNMANAGED);
        inventory.register(legacy, "old-db", null);
        inventory.mark(legacy, CredentialStatus.UNMANAGED);
        CredentialName leaked = add(CONTAINED, Strategy.IN_PLACE, "pay-db", HOUR);
        rotated(leaked, 1);
        operations.close(request(leaked, "seen in a public repository").id(), Outcome.REVOKED);
        inventory.mark(leaked, CredentialStatus.CONTAINED);
    }

    private void running() {
        CredentialName billing = add(IN_GRACE, Strategy.ALTERNATING, "orders-db", HOUR.multipliedBy(30));
        rotated(billing, 1);
        at(HOUR.multipliedBy(2));
        Operation operation = request(billing, "due");
        bind(operation);
        Version candidate = version(operation, "billing_b");
        for (Step step : List.of(Step.STAGE, Step.APPLY, Step.VERIFY, Step.PROMOTE, Step.PROPAGATE)) {
            attempts.succeed(begin(operation, step), Map.of());
        }
        versions.promote(candidate.ref());
        consumers.seen("orders", candidate.ref());

        CredentialName search = add(RETRYING, Strategy.IN_PLACE, "search-db", HOUR.multipliedBy(3));
        rotated(search, 2);
        at(Duration.ofMinutes(9));
        Operation retrying = request(search, "due");
        fail(retrying, Step.APPLY, FailureCode.TARGET_UNREACHABLE, "search-db:5432 does not answer; check the network");
        dispatch.postpone(
                claim(retrying),
                now.plus(Duration.ofMinutes(4)),
                FailureCode.TARGET_UNREACHABLE,
                "search-db:5432 does not answer; check the network");
    }

    private void troubled() {
        rotated(add(OVERDUE, Strategy.IN_PLACE, "pay-db", Duration.ofHours(-26)), 1);

        CredentialName reports = add(WAITING, Strategy.IN_PLACE, "orders-db", HOUR);
        rotated(reports, 2);
        at(Duration.ofMinutes(40));
        Operation waiting = request(reports, "due");
        bind(waiting);
        fail(
                waiting,
                Step.APPLY,
                FailureCode.TARGET_PERMISSION_DENIED,
                "orders-db: the administrator \"lockstep\" may not change \"reports\"; run as a superuser: GRANT \"reports\""
                        + " TO \"lockstep\" WITH ADMIN OPTION");
        tasks.add("a1b2c3", "Resolve failed rotation", waiting, now.minusSeconds(2300), now.plusSeconds(5200));

        CredentialName cards = add(QUARANTINED, Strategy.IN_PLACE, "pay-db", HOUR);
        at(Duration.ofMinutes(70));
        Operation poisoned = request(cards, "due");
        dispatch.quarantine(claim(poisoned), FailureCode.INTERNAL_ERROR, "apply broke with OutOfMemoryError");

        CredentialName settlement = add(FAILED, Strategy.IN_PLACE, "pay-db", HOUR.multipliedBy(9));
        rotated(settlement, 1);
        at(HOUR.multipliedBy(15));
        Operation failed = request(settlement, "due");
        fail(failed, Step.VERIFY, FailureCode.VERIFY_REFUSED, "the new secret does not log in: settlement at pay-db");
        operations.close(failed.id(), Outcome.KEPT_PREVIOUS);
    }

    private CredentialName add(String text, Strategy strategy, String target, @Nullable Duration due) {
        CredentialName name = CredentialName.of(text);
        String account = text.substring(text.lastIndexOf('/') + 1).replace('-', '_');
        List<String> principals =
                strategy == Strategy.ALTERNATING ? List.of(account + "_a", account + "_b") : List.of(account);
        List<Consumer> users = List.of(Consumer.named("billing/batch"), Consumer.named("orders"));
        catalog.put(new Credential(
                name,
                name.team(),
                "database-user",
                target,
                "embedded",
                List.of(),
                principals,
                Map.of(),
                policy(strategy),
                users,
                Map.of("tier", "gold"),
                Optional.empty()));
        inventory.register(name, target, due == null ? null : now.plus(due));
        consumers.register(name, users);
        return name;
    }

    private static Policy policy(Strategy strategy) {
        return new Policy(
                "daily",
                new Schedule.Interval(Duration.ofDays(1)),
                strategy,
                new SecretRules.Password(24, "abc", Set.of(), 30),
                new Policy.Grace(HOUR, Policy.Laggards.WAIT_AND_ESCALATE),
                new Policy.Retries(3, List.of(Duration.ofSeconds(1)), 2),
                new Policy.Failure(0, Duration.ZERO),
                new Policy.Escalation("operators", HOUR),
                Optional.empty());
    }

    private void rotated(CredentialName name, int times) {
        for (int i = times; i > 0; i--) {
            at(Duration.ofHours(24L * i - 6));
            Operation operation = request(name, "due");
            Version version = version(operation, "app");
            attempts.succeed(begin(operation, Step.APPLY), Map.of());
            versions.promote(version.ref());
            versions.in(name, Stage.PREVIOUS)
                    .forEach(previous -> versions.move(previous.ref(), Stage.PREVIOUS, Stage.RETIRED));
            inventory.rotated(name, clock.instant());
            operations.close(operation.id(), Outcome.ROTATED);
        }
    }

    private Operation request(CredentialName name, String reason) {
        return operations
                .request(new OperationRequest(name, "rotation", Operation.ROUTINE, "schedule", reason))
                .orElseThrow();
    }

    private Version version(Operation operation, String principal) {
        return versions.reserve(operation.credential(), operation.id(), principal, FINGERPRINT, FINGERPRINT);
    }

    private Attempt begin(Operation operation, Step step) {
        return attempts.begin(operation.id(), step, Duration.ofSeconds(5), Map.of());
    }

    private void fail(Operation operation, Step step, FailureCode code, String message) {
        attempts.fail(begin(operation, step), new RetryableException(code, message));
        attempts.fail(begin(operation, step), new PermanentException(code, message));
        operations.noteFailure(operation.id(), code, message);
    }

    private Claim claim(Operation operation) {
        return dispatch.claim(clock.instant(), 100, 0, HOUR).stream()
                .filter(claim -> claim.operation().id() == operation.id())
                .findFirst()
                .orElseThrow();
    }

    private void bind(Operation operation) {
        dispatch.bind(claim(operation), "instance-" + operation.id());
    }

    private void at(Duration ago) {
        clock.set(now.minus(ago));
    }

    static SecretRef ref(String name, int version) {
        return new SecretRef(CredentialName.of(name), version);
    }
}
