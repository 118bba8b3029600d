package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.port.Attempts;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what ended operations may still do at a target, and settles what they cannot do any more. */
final class LateChanges {

    private static final String OPEN = AttemptRows.SELECT + """
             WHERE o.credential = :credential
               AND o.id <> :operation
               AND o.status = 'CLOSED'
               AND (a.outcome = 'running'
                    OR (a.deadline > :now
                        AND (a.outcome = 'unknown'
                             OR (a.outcome = 'failed' AND a.failure = 'TARGET_UNREACHABLE'))))
            """;

    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final AttemptStart attempts;

    LateChanges(JdbcClient jdbc, Transactions transactions, Clock clock, AttemptStart attempts) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.attempts = attempts;
    }

    Optional<Instant> until(CredentialName credential, long operation) {
        Instant now = clock.instant();
        List<Attempts.Entry> open = Transactions.statement(() -> jdbc.sql(OPEN)
                .param("credential", credential.value())
                .param("operation", operation)
                .param("now", Columns.utc(now))
                .query(AttemptRows::entry)
                .list());
        settle(credential, open.stream().filter(entry -> isOver(entry, now)).toList());
        return open.stream()
                .filter(entry -> entry.attempt().step().changesTarget() && !isOver(entry, now))
                .map(entry -> entry.attempt().deadline())
                .max(Comparator.naturalOrder());
    }

    private static boolean isOver(Attempts.Entry entry, Instant now) {
        return !entry.attempt().deadline().isAfter(now);
    }

    private void settle(CredentialName credential, List<Attempts.Entry> over) {
        if (!over.isEmpty()) {
            List<Long> ids = over.stream().map(entry -> entry.attempt().id()).toList();
            transactions.own(() -> attempts.abandon(ids, credential));
        }
    }
}
