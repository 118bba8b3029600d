package db.migration;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Lets PostgreSQL itself refuse to change or remove audit entries. H2 has no triggers in SQL, and its file belongs to
 * the process that would have to be kept out: there only the foreign key and verification protect the trail.
 */
public final class V2_1__AuditAppendOnly extends BaseJavaMigration {

    private static final String REFUSE = """
            CREATE FUNCTION lockstep_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the audit trail is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
                    USING ERRCODE = 'insufficient_privilege';
            END
            $$
            """;

    private static final String PROTECT = """
            CREATE TRIGGER %1$s_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION lockstep_audit_append_only()
            """;

    /** Every event passes through this small table, so it is swept by count and not by share. */
    private static final String SWEEP = """
            ALTER TABLE audit_pending SET (
                autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
                autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000)
            """;

    @Override
    public void migrate(Context context) throws SQLException {
        String product = context.getConnection().getMetaData().getDatabaseProductName();
        if (!product.equals("PostgreSQL")) {
            return;
        }
        try (Statement statement = context.getConnection().createStatement()) {
            statement.execute(REFUSE);
            for (String table : List.of("audit_event", "audit_seal", "audit_checkpoint")) {
                statement.execute(PROTECT.formatted(table));
            }
            statement.execute(SWEEP);
        }
    }
}
