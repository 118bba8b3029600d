package db.migration;

import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * What was archived may be removed from the audit trail, and nothing else. On PostgreSQL the database itself sees to
 * it: a deletion is refused unless all that it takes stands in front of an archive's end.
 */
public final class V33_1__AuditArchivedOnly extends BaseJavaMigration {

    private static final String ARCHIVED_ONLY = """
            CREATE FUNCTION lockstep_audit_%1$s_archived_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM gone
                            WHERE NOT COALESCE(%2$s <= (SELECT MAX(%3$s) FROM audit_archive), FALSE)) THEN
                    RAISE EXCEPTION 'the audit trail is append-only: only what was archived is removed from %%', TG_TABLE_NAME
                        USING ERRCODE = 'insufficient_privilege';
                END IF;
                RETURN NULL;
            END
            $$
            """;

    private static final String DELETION = """
            CREATE TRIGGER audit_%1$s_archived_only AFTER DELETE ON audit_%1$s REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION lockstep_audit_%1$s_archived_only()
            """;

    private static final String APPEND_ONLY = """
            CREATE TRIGGER %1$s_append_only BEFORE %2$s ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION lockstep_audit_append_only()
            """;

    @Override
    public void migrate(Context context) throws SQLException {
        String product = context.getConnection().getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            return;
        }
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(APPEND_ONLY.formatted("audit_archive", "UPDATE OR DELETE OR TRUNCATE"));
            archivedOnly(statement, "seal", "position", "position");
            archivedOnly(statement, "event", "recorded_at", "recorded_until");
        }
    }

    private static void archivedOnly(Statement statement, String table, String column, String end) throws SQLException {
        statement.execute("DROP TRIGGER audit_%1$s_append_only ON audit_%1$s".formatted(table));
        statement.execute(APPEND_ONLY.formatted("audit_" + table, "UPDATE OR TRUNCATE"));
        statement.execute(ARCHIVED_ONLY.formatted(table, column, end));
        statement.execute(DELETION.formatted(table));
    }
}
