package dev.lockstep.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.ledger.TestLedger;
import dev.lockstep.port.Configurations.Candidate;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.testing.TestClock;
import dev.lockstep.testing.TestDatabase;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Starts a node with very many credentials, changes one of a hundred in every file, plans and applies, and writes what
 * it took. A process of its own, so that its heap can be limited.
 */
public final class PlanProgram {

    private static final int IN_A_FILE = 100;
    private static final int TARGETS = 20;

    private final Path directory;
    private final int credentials;
    private final Map<String, Object> measured = new LinkedHashMap<>();

    private PlanProgram(Path directory, int credentials) {
        this.directory = directory;
        this.credentials = credentials;
    }

    /** Arguments: an empty directory, the number of credentials, and the file for the figures. */
    public static void main(String[] args) throws IOException {
        PlanProgram program = new PlanProgram(Path.of(args[0]), Integer.parseInt(args[1]));
        program.run();
        new ObjectMapper().writeValue(Path.of(args[2]).toFile(), program.measured);
        System.exit(0);
    }

    private void run() throws IOException {
        write("P30D");
        measured.put("credentials", credentials);
        measured.put("files", credentials / IN_A_FILE);
        measured.put("heapLimitMb", Runtime.getRuntime().maxMemory() / 1024 / 1024);
        TestClock clock = TestClock.frozenAt(ConfigDir.NOW);
        TestDatabase database = TestDatabase.open(TestDatabase.Kind.POSTGRESQL);
        TestLedger ledger = TestLedger.on(database, clock, event -> {});
        ConfigurationFiles files = new ConfigurationFiles(directory.toString());
        ConfigurationLoader loader = new ConfigDir(directory).loader();
        long begun = System.nanoTime();
        StartingConfiguration start = StartingConfiguration.read(loader, files, ledger.configurationRecords(), clock);
        LiveCatalog catalog = new LiveCatalog(start.snapshot(), start.digest(), ledger::definitions);
        ConfigurationDesk desk = new ConfigurationDesk(
                catalog,
                loader,
                files,
                ledger.configurationRecords(),
                ledger.inventory(),
                ledger.schemaReadings(),
                event -> {},
                clock);
        desk.begin(Objects.requireNonNull(start.sources()));
        measured.put("startSeconds", seconds(begun));
        start = null;
        fill(database);
        measured.put("heapInForceMb", heapAfterCollection());

        write("P7D");
        begun = System.nanoTime();
        Plan plan = desk.plan(Candidate.DIRECTORY, "bench");
        measured.put("planSeconds", seconds(begun));
        measured.put("changes", plan.summary().toString());
        if (plan.summary().changed() != credentials / 100 || plan.summary().rescheduled() != credentials / 100) {
            throw new IllegalStateException("the plan is wrong: " + plan.summary());
        }
        begun = System.nanoTime();
        desk.apply(plan, "bench");
        measured.put("applySeconds", seconds(begun));
        measured.put("heapPeakMb", peak());
        measured.put("collectionSeconds", collections());
        if (!catalog.inForce().digest().equals(plan.candidate())) {
            throw new IllegalStateException("the plan was not applied");
        }
    }

    /** @param every of the credentials that are changed; the second of each file takes the place of the first */
    private void write(String every) throws IOException {
        Files.createDirectories(directory.resolve("credentials"));
        StringBuilder common = new StringBuilder(Samples.POLICY)
                .append("---\n")
                .append(Samples.POLICY.replace("app-password", "weekly").replace("P30D", "P7D"))
                .append("---\n")
                .append(Samples.STORE);
        for (int target = 0; target < TARGETS; target++) {
            common.append("---\n").append(Samples.TARGET.replace("orders-db", "db-" + target));
        }
        Files.writeString(directory.resolve("common.yaml"), common);
        for (int file = 0; file < credentials / IN_A_FILE; file++) {
            StringBuilder text = new StringBuilder("""
                    kind: Credential
                    defaults:
                      owner: shop-team
                      class: database-user
                      store: main
                      mirrors: [second]
                      settings: {database: orders, probe: SELECT 1 FROM orders LIMIT 1}
                      policy: app-password
                      consumers: [orders, billing]
                      labels: {tier: gold, region: eu-west-1}
                    credentials:
                    """);
            for (int i = 0; i < IN_A_FILE; i++) {
                text.append("  - {name: %s, target: db-%d, principal: app_%d%s}\n"
                        .formatted(
                                name(file, i),
                                (file * IN_A_FILE + i) % TARGETS,
                                file * IN_A_FILE + i,
                                i == 0 && every.equals("P7D") ? ", policy: weekly" : ""));
            }
            Files.writeString(directory.resolve("credentials/team-%d.yaml".formatted(file)), text);
        }
    }

    private static String name(int file, int number) {
        return "prod/team-%d/postgres/app-%d".formatted(file, number);
    }

    private void fill(TestDatabase database) {
        OffsetDateTime due = ConfigDir.NOW.plusSeconds(86_400).atOffset(ZoneOffset.UTC);
        database.jdbc()
                .sql("""
                INSERT INTO credential (name, status, target, next_rotation_at)
                SELECT 'prod/team-' || (n / 100) || '/postgres/app-' || MOD(n, 100), 'ACTIVE', 'db-' || MOD(n, 20), :due
                  FROM generate_series(0, :last) AS n
                """)
                .param("due", due)
                .param("last", credentials - 1)
                .update();
    }

    private static double seconds(long begun) {
        return Math.round((System.nanoTime() - begun) / 1e7) / 100.0;
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024 / 1024;
    }

    /** The pools had their peaks at different times, so this is more than there ever was. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / 1024
                / 1024;
    }

    private static double collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                        .sum()
                / 1000.0;
    }
}
