package dev.lockstep.target.postgresql;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import java.util.Set;

/**
 * How an account is verified.
 *
 * @param database where it logs in
 * @param probe one statement that it must be able to run
 */
record AccountSettings(String database, String probe) {

    static final Set<String> KNOWN = Set.of("database", "probe");

    static AccountSettings of(Account account, EndpointSettings endpoint) {
        for (String setting : account.settings().keySet()) {
            if (!KNOWN.contains(setting)) {
                throw misconfigured(account, "has the unknown setting " + setting + "; known are database and probe");
            }
        }
        String database = account.settings().getOrDefault("database", endpoint.database());
        if (!Quoting.isName(database)) {
            throw misconfigured(account, "needs a database name of 1 to 63 bytes");
        }
        return new AccountSettings(database, singleStatement(account));
    }

    /** The driver would send several statements one after the other, and {@code COMMIT} could be one of them. */
    private static String singleStatement(Account account) {
        String probe =
                account.settings().getOrDefault("probe", "SELECT 1").strip().replaceFirst(";$", "");
        if (probe.isBlank() || probe.indexOf(';') >= 0 || probe.indexOf('\0') >= 0) {
            throw misconfigured(account, "needs a probe of exactly one SQL statement without ';'");
        }
        return probe;
    }

    private static PermanentException misconfigured(Account account, String what) {
        return new PermanentException(FailureCode.MISCONFIGURED, "the credential " + account.credential() + ' ' + what);
    }
}
