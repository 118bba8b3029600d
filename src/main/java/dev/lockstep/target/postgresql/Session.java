package dev.lockstep.target.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One connection whose every statement ends by the deadline of the call it was opened for. */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final Deadline deadline;
    private final End end;
    private boolean spoilt;

    /** With a connection of its own. */
    Session(Connection connection, Deadline deadline) {
        this(connection, deadline, Connection::close);
    }

    /** @param end what becomes of the connection when no statement has failed and no transaction is open */
    Session(Connection connection, Deadline deadline, End end) {
        this.connection = connection;
        this.deadline = deadline;
        this.end = end;
    }

    /** Closes a connection, or keeps it. */
    interface End {
        void of(Connection connection) throws SQLException;
    }

    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    void execute(String sql) throws SQLException {
        limitTime();
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            spoilt = true;
            throw e;
        }
    }

    <T> List<T> query(String sql, Row<T> reader, String... parameters) throws SQLException {
        limitTime();
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(reader.read(result));
                }
            }
        } catch (SQLException e) {
            spoilt = true;
            throw e;
        }
        return rows;
    }

    /**
     * Runs a statement that can change nothing: in a read-only transaction that is never committed. Returns false when
     * the first value of its first row is {@code false}.
     */
    boolean probe(String sql) throws SQLException {
        limitTime();
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(1);
            if (!statement.execute(sql)) {
                return true;
            }
            try (ResultSet result = statement.getResultSet()) {
                return !result.next() || !Boolean.FALSE.equals(result.getObject(1));
            }
        }
    }

    /** What follows takes effect with {@link #commit()}, or not at all. */
    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        limitTime();
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** As the server told at login. */
    String serverVersion() throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion();
    }

    boolean isOver() {
        return deadline.isOver();
    }

    private void limitTime() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, deadline.remainingMillis());
    }

    @Override
    public void close() throws SQLException {
        if (spoilt || !connection.getAutoCommit()) {
            connection.close();
        } else {
            end.of(connection);
        }
    }
}
