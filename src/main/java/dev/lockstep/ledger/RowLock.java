package dev.lockstep.ledger;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** How the database at hand locks rows whose keys stay as they are. */
enum RowLock {
    /** H2, where who writes a reference to a row does not wait for that row. */
    ROW("FOR UPDATE"),

    /**
     * PostgreSQL: lets others write references to the row. With a plain lock, somebody who has written a row with a
     * reference waits for the lock, and whoever holds the lock and writes the same row waits for him.
     */
    ALL_BUT_KEYS("FOR NO KEY UPDATE");

    private final String clause;

    RowLock(String clause) {
        this.clause = clause;
    }

    static RowLock on(DatabaseMetaData database) throws SQLException {
        return database.getDatabaseProductName().equals("PostgreSQL") ? ALL_BUT_KEYS : ROW;
    }

    /** The query, with its rows locked except for those that somebody else has locked. */
    String skippingLocked(String query) {
        return query + ' ' + clause + " SKIP LOCKED";
    }
}
