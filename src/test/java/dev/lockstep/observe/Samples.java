package dev.lockstep.observe;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Attempt;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Schedule;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Strategy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The credential, accounts and operations that the tests of this package speak of. */
final class Samples {

    static final Instant NOW = Instant.parse("2026-05-04T10:15:30.123456Z");
    static final CredentialName NAME = CredentialName.of("prod/shop/postgres/orders-app");
    static final Endpoint TARGET = new Endpoint("orders-db", "postgresql", Map.of());
    static final Endpoint STORE = new Endpoint("vault", "embedded", Map.of());
    static final Account ACCOUNT = new Account(NAME, "orders_app", Optional.empty(), Map.of());
    static final Credential CREDENTIAL = new Credential(
            NAME,
            "shop",
            "database-user",
            TARGET.name(),
            STORE.name(),
            List.of(),
            List.of("orders_app"),
            Map.of(),
            policy(),
            List.of(),
            Map.of(),
            Optional.empty());

    private Samples() {}

    private static Policy policy() {
        return new Policy(
                "daily",
                new Schedule.OnDemand(),
                Strategy.IN_PLACE,
                new SecretRules.Password(24, "abc", Set.of(), 30),
                new Policy.Grace(Duration.ZERO, Policy.Laggards.RETIRE_ANYWAY),
                new Policy.Retries(3, List.of(Duration.ofSeconds(1)), 2),
                new Policy.Failure(0, Duration.ZERO),
                new Policy.Escalation("operators", Duration.ofHours(1)),
                Optional.empty());
    }

    static Operation operation(long id, OperationStatus status, @Nullable FailureCode failure, Instant queuedAt) {
        return new Operation(
                id,
                NAME,
                "rotation",
                status,
                Operation.ROUTINE,
                "schedule",
                "due",
                1,
                false,
                false,
                null,
                failure,
                null,
                null,
                queuedAt,
                queuedAt,
                null);
    }

    static InventoryEntry entry(@Nullable Instant due) {
        return new InventoryEntry(
                NAME, CredentialStatus.ACTIVE, TARGET.name(), due, null, null, null, null, null, null);
    }

    static Attempt attempt(Step step) {
        return new Attempt(1, 17, NAME, 1, step, 1, 1, NOW.plusSeconds(5));
    }

    static String text(SecretValue secret) {
        return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
