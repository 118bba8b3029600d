package dev.lockstep.process.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the engine's tables from the scripts in its own jar, so that one tool knows the state of the whole schema. A
 * newer engine brings its upgrade scripts as further migrations.
 */
final class EngineSchema implements JavaMigration {

    private static final String SCRIPT = "org/camunda/bpm/engine/db/create/activiti.%s.create.%s.sql";
    private static final List<String> PARTS = List.of(
            "engine", "identity", "history", "case.engine", "case.history", "decision.engine", "decision.history");

    /** The acquisition asks for due jobs by priority: without this, each parked timer makes every other job slower. */
    private static final String JOBS_BY_PRIORITY =
            "CREATE INDEX lockstep_job_due ON act_ru_job (priority_ DESC, duedate_)";

    private static final String ONLY_RUNNABLE = " WHERE retries_ > 0 AND suspension_state_ = 1";

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("5");
    }

    @Override
    public String getDescription() {
        return "engine";
    }

    /** None: the scripts come with the engine's version, which the engine checks at start. */
    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        boolean postgres = isPostgres(connection);
        for (String part : PARTS) {
            String script = SCRIPT.formatted(postgres ? "postgres" : "h2", part);
            ScriptUtils.executeSqlScript(connection, new ClassPathResource(script));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(postgres ? JOBS_BY_PRIORITY + ONLY_RUNNABLE : JOBS_BY_PRIORITY);
        }
    }

    private static boolean isPostgres(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (product) {
            case "postgresql" -> true;
            case "h2" -> false;
            default ->
                throw new IllegalStateException("Lockstep runs on PostgreSQL or on its embedded H2, not on " + product);
        };
    }
}
