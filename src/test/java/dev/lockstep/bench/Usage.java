package dev.lockstep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has been used up to now.
 *
 * @param nanos time of day, from an arbitrary start
 * @param jvmCpuNanos by this JVM, everything in it included
 * @param postgresCpuNanos by the server and all its processes, ended ones included
 * @param statements executed in Lockstep's database, without transaction control
 * @param commits in Lockstep's database: transactions begun, because the server does not count every COMMIT that a
 *     driver prepared; in a run without failures none of them is rolled back
 */
record Usage(long nanos, long jvmCpuNanos, long postgresCpuNanos, long statements, long commits) {

    /**
     * In {@code /proc/<pid>/stat}, counted behind the name of the process: user, system, and those of ended children.
     */
    private static final List<Integer> CPU_FIELDS = List.of(11, 12, 13, 14);

    private static final long NANOS_PER_TICK = 10_000_000;

    private static final String COUNTS = """
            SELECT coalesce(sum(calls) FILTER (WHERE query !~* '^(begin|commit|rollback|savepoint|release)'), 0),
                   coalesce(sum(calls) FILTER (WHERE query ~* '^begin'), 0)
              FROM pg_stat_statements s
              JOIN pg_database d ON d.oid = s.dbid
              JOIN pg_roles r ON r.oid = s.userid
             WHERE d.datname = '%s'
               AND r.rolname = '%s'
            """;

    static Usage now(Stand stand) {
        try (Connection connection = stand.server().connect("postgres");
                Statement statement = connection.createStatement()) {
            Path server = Path.of(text(statement, "SHOW data_directory"), "postmaster.pid");
            long postmaster = Long.parseLong(Files.readAllLines(server).get(0).strip());
            long jvm = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            try (ResultSet counts = statement.executeQuery(COUNTS.formatted(stand.database(), Stand.OWNER))) {
                counts.next();
                return new Usage(System.nanoTime(), jvm, cpu(postmaster), counts.getLong(1), counts.getLong(2));
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("what was used cannot be measured", e);
        }
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static long cpu(long postmaster) {
        Stream<ProcessHandle> children = ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::descendants);
        return Stream.concat(Stream.of(postmaster), children.map(ProcessHandle::pid))
                .mapToLong(Usage::ticks)
                .map(ticks -> ticks * NANOS_PER_TICK)
                .sum();
    }

    /** Zero for a process that has just ended: its time is among its parent's then. */
    private static long ticks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return CPU_FIELDS.stream()
                    .mapToLong(field -> Long.parseLong(fields[field]))
                    .sum();
        } catch (IOException ended) {
            return 0;
        }
    }

    /** What was used between then and now, by so many rotations. */
    Batch since(Usage then, String by, int rotations) {
        double seconds = (nanos - then.nanos) / 1e9;
        return new Batch(
                by,
                rotations,
                round(seconds),
                round(rotations / seconds),
                round((double) (statements - then.statements) / rotations),
                round((double) (commits - then.commits) / rotations),
                round((jvmCpuNanos - then.jvmCpuNanos) / 1e6 / rotations),
                round((postgresCpuNanos - then.postgresCpuNanos) / 1e6 / rotations));
    }

    static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** A batch of rotations; everything from {@code statements} on is per rotation, CPU in milliseconds. */
    record Batch(
            String by,
            int rotations,
            double seconds,
            double perSecond,
            double statements,
            double commits,
            double jvmCpu,
            double postgresCpu) {}
}
