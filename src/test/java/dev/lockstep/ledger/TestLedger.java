package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Arrangements;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Batches;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Checks;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Drills;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Outbox;
import dev.lockstep.port.Quarantine;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.Readings;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.port.RunVersions;
import dev.lockstep.port.SchemaReadings;
import dev.lockstep.port.SecretIds;
import dev.lockstep.port.Sightings;
import dev.lockstep.port.TargetRates;
import dev.lockstep.port.TaskNotices;
import dev.lockstep.port.VersionChanges;
import dev.lockstep.port.Versions;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.util.function.Supplier;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The real ledger on a test database, for tests of all packages. */
public final class TestLedger implements AutoCloseable {

    private final TestDatabase database;
    private final TestClock clock;
    private final Inventory inventory;
    private final Versions versions;
    private final Operations operations;
    private final Dispatch dispatch;
    private final Attempts attempts;
    private final Consumers consumers;
    private final Incidents incidents;
    private final IncidentQueue incidentQueue;
    private final Outbox outbox;
    private final VersionChanges versionChanges;
    private final Breakers breakers;
    private final TaskNotices taskNotices;
    private final Definitions definitions;
    private final Quarantine quarantine;
    private final Batches batches;
    private final Checks checks;
    private final Sightings sightings;
    private final RunVersions runVersions;
    private final RolloutRecords rolloutRecords;
    private final MigrationRecords migrationRecords;
    private final Drills drills;
    private final ReaderTokens readerTokens;
    private final SecretIds secretIds;
    private final Readings readings;
    private final SchemaReadings schemaReadings;
    private final Arrangements arrangements;
    private final TargetRates targetRates;
    private final ConfigurationRecords configurationRecords;

    private TestLedger(TestDatabase database, TestClock clock, AuditTrail trail) {
        this.database = database;
        this.clock = clock;
        JdbcClient jdbc = database.jdbc();
        Transactions transactions = new Transactions(database.transactions());
        NamedParameterJdbcTemplate updates = new NamedParameterJdbcTemplate(database.dataSource());
        LedgerConfiguration wiring = new LedgerConfiguration();
        this.inventory = wiring.inventory(jdbc, transactions);
        this.versions = wiring.versions(jdbc, transactions, clock);
        this.operations = wiring.operations(jdbc, updates, transactions, clock, wiring.rowLock(updates));
        this.dispatch = wiring.dispatch(jdbc, transactions, clock);
        this.attempts = wiring.attempts(jdbc, transactions, clock, trail);
        this.consumers = wiring.consumers(jdbc, transactions, clock);
        this.incidents = wiring.incidents(jdbc, transactions, clock);
        this.incidentQueue = wiring.incidentQueue(jdbc, transactions);
        this.versionChanges = wiring.versionChanges(jdbc, transactions);
        this.outbox = wiring.outbox(jdbc, transactions, clock);
        this.breakers = wiring.breakers(jdbc, transactions, clock, trail);
        this.taskNotices = wiring.taskNotices(jdbc, clock);
        this.definitions = wiring.definitions(jdbc, transactions);
        this.configurationRecords = wiring.configurationRecords(jdbc, transactions, trail, clock);
        this.quarantine = wiring.quarantine(jdbc, transactions, clock);
        this.batches = wiring.batches(jdbc, clock);
        this.checks = wiring.checks(jdbc, transactions, clock);
        this.sightings = wiring.sightings(jdbc, transactions, clock, trail);
        this.runVersions = wiring.runVersions(jdbc, transactions, clock);
        this.rolloutRecords = wiring.rolloutRecords(jdbc, transactions, clock);
        this.migrationRecords = wiring.migrationRecords(jdbc, clock);
        this.targetRates = wiring.targetRates(jdbc, transactions, clock);
        this.arrangements = wiring.arrangements(jdbc, transactions, clock);
        this.readerTokens = wiring.readerTokens(jdbc, transactions, clock);
        this.secretIds = wiring.secretIds(jdbc, transactions, clock);
        this.readings = wiring.readings(jdbc, updates, transactions, trail, clock);
        this.schemaReadings = wiring.schemaReadings(jdbc, transactions, clock);
        this.drills = wiring.drills(jdbc, transactions, clock, "");
    }

    /** The ledger on a database; closing it closes the database. */
    public static TestLedger on(TestDatabase database, TestClock clock, AuditTrail trail) {
        return new TestLedger(database, clock, trail);
    }

    public TestDatabase database() {
        return database;
    }

    public TestClock clock() {
        return clock;
    }

    public ConfigurationRecords configurationRecords() {
        return configurationRecords;
    }

    public SchemaReadings schemaReadings() {
        return schemaReadings;
    }

    public Inventory inventory() {
        return inventory;
    }

    public Versions versions() {
        return versions;
    }

    public Operations operations() {
        return operations;
    }

    public Dispatch dispatch() {
        return dispatch;
    }

    public Attempts attempts() {
        return attempts;
    }

    public Incidents incidents() {
        return incidents;
    }

    public IncidentQueue incidentQueue() {
        return incidentQueue;
    }

    public Consumers consumers() {
        return consumers;
    }

    public VersionChanges versionChanges() {
        return versionChanges;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Breakers breakers() {
        return breakers;
    }

    public TaskNotices taskNotices() {
        return taskNotices;
    }

    public Definitions definitions() {
        return definitions;
    }

    public Quarantine quarantine() {
        return quarantine;
    }

    public Batches batches() {
        return batches;
    }

    public Checks checks() {
        return checks;
    }

    public Sightings sightings() {
        return sightings;
    }

    public RunVersions runVersions() {
        return runVersions;
    }

    public RolloutRecords rolloutRecords() {
        return rolloutRecords;
    }

    public MigrationRecords migrationRecords() {
        return migrationRecords;
    }

    public TargetRates targetRates() {
        return targetRates;
    }

    public Arrangements arrangements() {
        return arrangements;
    }

    public ReaderTokens readerTokens() {
        return readerTokens;
    }

    public SecretIds secretIds() {
        return secretIds;
    }

    public Readings readings() {
        return readings;
    }

    public Drills drills() {
        return drills;
    }

    /** Runs the work in one transaction, as the engine does. */
    public <T> T inTransaction(Supplier<T> work) {
        return new TransactionTemplate(database.transactions()).execute(status -> work.get());
    }

    /** Runs the work in a transaction that never commits. */
    public void rolledBack(Runnable work) {
        new TransactionTemplate(database.transactions()).executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }

    /** Registers a credential that is on no schedule. */
    public void known(CredentialName credential) {
        inventory.register(credential, "orders-db", null);
    }

    /** Registers a credential that is on no schedule and queues a rotation of it. */
    public Operation queued(CredentialName credential) {
        inventory.register(credential, "orders-db", null);
        return request(credential, Operation.REQUESTED);
    }

    /** Queues a rotation of a registered credential. */
    public Operation request(CredentialName credential, int priority) {
        return operations
                .request(new OperationRequest(credential, "rotation", priority, "alice", "a test asked"))
                .orElseThrow();
    }

    /** Reserves the next version, with a made-up fingerprint. */
    public Version reserve(Operation operation) {
        return versions.reserve(operation.credential(), operation.id(), "orders_app", "0".repeat(64), "rules");
    }

    @Override
    public void close() {
        database.close();
    }

    @Override
    public String toString() {
        return database.toString();
    }
}
