package dev.lockstep.target.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server setting that applies when a role logs in.
 *
 * @param database where it applies; null for everywhere
 * @param value as the catalog {@code pg_db_role_setting} keeps it
 */
record RoleSetting(@Nullable String database, String name, String value) {

    /** Kept as a list of quoted names, and set from a list of literals; the list is that of pg_dump. */
    private static final Set<String> LISTS =
            Set.of("local_preload_libraries", "search_path", "session_preload_libraries", "temp_tablespaces");

    private static final Pattern ELEMENT = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,\"]+))\\s*(?:,|$)");

    static RoleSetting read(ResultSet row) throws SQLException {
        return new RoleSetting(row.getString(1), row.getString(2), row.getString(3));
    }

    /** @param role quoted */
    String statement(String role) {
        String where = database == null ? "" : " IN DATABASE " + Quoting.identifier(database);
        return "ALTER ROLE " + role + where + " SET " + quotedName() + " TO " + literals();
    }

    String quotedName() {
        return Arrays.stream(name.split("\\.")).map(Quoting::identifier).collect(Collectors.joining("."));
    }

    private String literals() {
        if (!LISTS.contains(name.toLowerCase(Locale.ROOT))) {
            return Quoting.literal(value);
        }
        return ELEMENT.matcher(value)
                .results()
                .map(element -> element.group(1) != null
                        ? element.group(1).replace("\"\"", "\"")
                        : element.group(2).strip())
                .map(Quoting::literal)
                .collect(Collectors.joining(", "));
    }
}
