package dev.lockstep.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Column values, written and read the same way on every database. */
final class Columns {

    /** The longest free text, in characters. */
    static final int TEXT = 1000;

    private Columns() {}

    /** Now, no finer than the databases keep it. */
    static Instant now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
        return instant == null ? null : utc(instant);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static <E extends Enum<E>> @Nullable E constantOrNull(Class<E> type, ResultSet row, String column)
            throws SQLException {
        String name = row.getString(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    /** Cuts free text to the column's size, never through a surrogate pair; PostgreSQL cannot keep NUL. */
    static String text(String text) {
        String clean = text.replace('\0', ' ');
        if (clean.length() <= TEXT) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(TEXT - 1)) ? TEXT - 1 : TEXT;
        return clean.substring(0, end);
    }
}
