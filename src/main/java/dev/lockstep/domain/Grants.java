package dev.lockstep.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a new account may do. There is no free text for the target in it, so that nothing but names has to be quoted.
 *
 * @param memberOf groups or roles at the target that the account becomes a member of
 * @param access databases that it may use
 */
public record Grants(List<String> memberOf, List<Access> access) {

    /** A bare account. */
    public static final Grants NONE = new Grants(List.of(), List.of());

    public Grants {
        memberOf = List.copyOf(memberOf);
        access = List.copyOf(access);
    }

    /**
     * The right to use one database.
     *
     * @param schema a schema in it that may be used; empty for none in particular
     * @param tables what may be done with all tables of the schema
     * @param futureTablesOf the role whose tables of tomorrow are meant as well; empty for those of today only
     */
    public record Access(
            String database, Optional<String> schema, List<TableRight> tables, Optional<String> futureTablesOf) {
        public Access {
            tables = List.copyOf(tables);
            if (schema.isEmpty() && !tables.isEmpty()) {
                throw new IllegalArgumentException("rights to tables need a schema");
            }
            if (tables.isEmpty() && futureTablesOf.isPresent()) {
                throw new IllegalArgumentException("tables of tomorrow need rights to tables");
            }
        }
    }

    /** What may be done with the rows of a table. */
    public enum TableRight {
        SELECT,
        INSERT,
        UPDATE,
        DELETE;

        /** The spelling in configuration files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
