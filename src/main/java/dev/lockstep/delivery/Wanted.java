package dev.lockstep.delivery;

import dev.lockstep.domain.SchemaVersion;
import java.util.Optional;

/**
 * What a path asks for: {@code env/team/system/what}, or with a version of the schema {@code env/team/system/what@v2}.
 * No name has an at sign.
 *
 * @param name the name of a credential, not yet checked
 * @param schema empty when the path names none
 */
record Wanted(String name, Optional<SchemaVersion> schema) {

    /** @throws Refused when there is something else than a version after the sign */
    static Wanted of(String path) {
        int sign = path.indexOf('@');
        if (sign < 0) {
            return new Wanted(path, Optional.empty());
        }
        Optional<SchemaVersion> schema = SchemaVersion.parse(path.substring(sign + 1));
        if (schema.isEmpty()) {
            throw Refused.because(400, "schema: after the @ stands a version of the schema, for example @v2");
        }
        return new Wanted(name(path), schema);
    }

    /** The name alone, whatever else is asked for. */
    static String name(String path) {
        int sign = path.indexOf('@');
        return sign < 0 ? path : path.substring(0, sign);
    }
}
