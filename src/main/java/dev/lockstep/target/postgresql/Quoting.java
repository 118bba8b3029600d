package dev.lockstep.target.postgresql;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import java.nio.charset.StandardCharsets;

/** Puts names and texts into statements that take no parameters, by the rules of {@code quote_ident, quote_literal}. */
final class Quoting {

    /** NAMEDATALEN - 1: the server cuts longer names without an error, so that they would mean another role. */
    static final int MAX_NAME_BYTES = 63;

    private Quoting() {}

    /** A role or database name between double quotes. */
    static String identifier(String name) {
        return '"' + checked(name).replace("\"", "\"\"") + '"';
    }

    /** A text between single quotes; with a backslash in the form that does not depend on the server's settings. */
    static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL has no texts with NUL");
        }
        String quoted = '\'' + text.replace("'", "''").replace("\\", "\\\\") + '\'';
        return text.indexOf('\\') >= 0 ? " E" + quoted : quoted;
    }

    /** The name itself, when the server can hold it. */
    static String checked(String name) {
        if (!isName(name)) {
            throw new PermanentException(
                    FailureCode.MISCONFIGURED,
                    "a PostgreSQL name has 1 to " + MAX_NAME_BYTES + " bytes and no NUL; correct the principal");
        }
        return name;
    }

    static boolean isName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes >= 1 && bytes <= MAX_NAME_BYTES && name.indexOf('\0') < 0;
    }
}
