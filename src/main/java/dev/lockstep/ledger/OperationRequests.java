package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.PermanentException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** Operations that somebody asks for. */
final class OperationRequests {

    private static final String STATUS = "SELECT status FROM credential WHERE name = :credential";

    private static final String IS_ACTIVE = "SELECT COUNT(*) FROM operation WHERE active_credential = :credential";

    /** Without the values. */
    static final String INSERT = """
            INSERT INTO operation
                   (credential, active_credential, process, status, priority, requested_by, reason, queued_at, not_before)
            """;

    private static final String ADD = INSERT + """
            VALUES (:credential, :credential, :process, 'QUEUED', :priority, :requestedBy, :reason, :now, :now)
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

    /** The number of the new operation; empty when the credential is occupied. */
    Optional<Long> request(OperationRequest request) {
        return Transactions.statement(() -> {
            requireUsable(request);
            if (isActive(request.credential())) {
                return Optional.empty();
            }
            try {
                return Optional.of(transactions.nestedUntranslated(() -> add(request)));
            } catch (DuplicateKeyException lost) {
                return Optional.empty();
            }
        });
    }

    /** Only an emergency gives a contained credential a new secret. */
    private void requireUsable(OperationRequest request) {
        CredentialName credential = request.credential();
        String status = jdbc.sql(STATUS)
                .param("credential", credential.value())
                .query(String.class)
                .optional()
                .orElseThrow(() -> JdbcInventory.unknown(credential));
        Fitness.objection(CredentialStatus.valueOf(status), request).ifPresent(objection -> {
            throw new PermanentException(FailureCode.MISCONFIGURED, credential + " " + objection);
        });
    }

    private boolean isActive(CredentialName credential) {
        return jdbc.sql(IS_ACTIVE)
                        .param("credential", credential.value())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private long add(OperationRequest request) {
        KeyHolder id = new GeneratedKeyHolder();
        jdbc.sql(ADD)
                .param("credential", request.credential().value())
                .param("process", request.process())
                .param("priority", request.priority())
                .param("requestedBy", request.requestedBy())
                .param("reason", Columns.text(request.reason()))
                .param("now", Columns.utc(clock.instant()))
                .update(id, "id");
        long operation = Objects.requireNonNull(id.getKey()).longValue();
        jdbc.sql(ADD_FENCE).param("operation", operation).update();
        return operation;
    }
}
