package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.time.Instant;

/** What each test of the ledger stands on: the ledger, a frozen clock and a recorded audit trail. */
final class LedgerStand implements AutoCloseable {

    static final CredentialName ORDERS = CredentialName.of("prod/shop/postgres/orders-app");
    static final CredentialName BILLING = CredentialName.of("prod/shop/postgres/billing-app");
    static final Instant NOON = Instant.parse("2026-05-04T12:00:00.123456Z");

    final RecordedAudit audit;
    final TestClock clock = TestClock.frozenAt(NOON);
    final TestLedger ledger;

    LedgerStand(TestDatabase database) {
        this.audit = new RecordedAudit(database.jdbc());
        this.ledger = TestLedger.on(database, clock, audit);
    }

    @Override
    public void close() {
        ledger.close();
    }

    @Override
    public String toString() {
        return ledger.toString();
    }
}
