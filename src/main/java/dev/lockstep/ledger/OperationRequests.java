package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.PermanentException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Operations that somebody asks for. */
final class OperationRequests {

    private static final String SITUATION = """
            SELECT c.status, (SELECT COUNT(*) FROM operation o WHERE o.active_credential = c.name) AS active
              FROM credential c
             WHERE c.name = :credential
            """;

    /** Without the values. */
    static final String INSERT = """
            INSERT INTO operation
                   (credential, active_credential, target, process, status, priority, requested_by, reason, queued_at,
                    not_before)
            """;

    private static final String ADD = INSERT + """
            VALUES (:credential, :credential, (SELECT c.target FROM credential c WHERE c.name = :credential), :process,
                    'QUEUED', :priority, :requestedBy, :reason, :now, :now)
            """;

    private static final String ADD_FENCE = "INSERT INTO operation_fence (operation) VALUES (:operation)";

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;

    OperationRequests(JdbcClient jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The new operation; empty when the credential is occupied. */
    Optional<Operation> request(OperationRequest request) {
        return Transactions.statement(() -> {
            if (isOccupied(request)) {
                return Optional.empty();
            }
            try {
                return Optional.of(transactions.nestedUntranslated(() -> add(request)));
            } catch (DuplicateKeyException lost) {
                return Optional.empty();
            }
        });
    }

    /** Refuses what the state of the credential does not allow. */
    private boolean isOccupied(OperationRequest request) {
        CredentialName credential = request.credential();
        Situation now = jdbc.sql(SITUATION)
                .param("credential", credential.value())
                .query((row, number) ->
                        new Situation(CredentialStatus.valueOf(row.getString("status")), row.getInt("active") > 0))
                .optional()
                .orElseThrow(() -> JdbcInventory.unknown(credential));
        Fitness.objection(now.status(), request).ifPresent(objection -> {
            throw new PermanentException(FailureCode.MISCONFIGURED, credential + " " + objection);
        });
        return now.occupied();
    }

    private Operation add(OperationRequest request) {
        Instant now = Columns.now(clock);
        String reason = Columns.text(request.reason());
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql(ADD)
                .param("credential", request.credential().value())
                .param("process", request.process())
                .param("priority", request.priority())
                .param("requestedBy", request.requestedBy())
                .param("reason", reason)
                .param("now", Columns.utc(now))
                .update(id, "id");
        long operation = Objects.requireNonNull(id.getKey()).longValue();
        jdbc.sql(ADD_FENCE).param("operation", operation).update();
        return Operation.queued(operation, request, reason, now);
    }

    private record Situation(CredentialStatus status, boolean occupied) {}
}
