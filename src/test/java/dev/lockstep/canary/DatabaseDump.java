package dev.lockstep.canary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Everything that stands in every table of a database, as text; bytes are read as they are. */
final class DatabaseDump {

    private DatabaseDump() {}

    /** Contents by table. */
    static Map<String, String> of(DataSource database) throws SQLException {
        Map<String, String> dump = new TreeMap<>();
        try (Connection connection = database.getConnection()) {
            for (String table : tables(connection)) {
                dump.put(table, rows(connection, table));
            }
        }
        return dump;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row =
                connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (row.next()) {
                names.add(row.getString("TABLE_NAME"));
            }
        }
        return names;
    }

    private static String rows(Connection connection, String table) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                for (int column = 1; column <= columns; column++) {
                    text.append(value(row, column)).append('\n');
                }
            }
        }
        return text.toString();
    }

    private static String value(ResultSet row, int column) throws SQLException {
        String type = row.getMetaData().getColumnTypeName(column);
        if (!type.contains("BINARY") && !type.equals("BLOB")) {
            return String.valueOf(row.getString(column));
        }
        try (InputStream bytes = row.getBinaryStream(column)) {
            return bytes == null ? "" : new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
