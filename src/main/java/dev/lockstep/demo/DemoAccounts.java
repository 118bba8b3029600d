package dev.lockstep.demo;

import java.util.List;
import java.util.stream.Stream;

/**
 * The accounts of the demo: two databases, both strategies, one that the administrator may not change, and a sandbox.
 */
final class DemoAccounts {

    static final String ADMIN = "lockstep_admin";
    static final String ADMIN_SECRET = "postgresql-lockstep-admin";

    /** The account whose rotation fails until somebody grants the missing right. */
    static final String REFUSED = "billing_legacy";

    /** The account that nobody uses, so that drills can be made with it. */
    static final String SANDBOX = "shop_sandbox";

    static final List<String> DATABASES = List.of("shop", "billing");

    static final List<Account> ALL = List.of(
            new Account("shop", "orders", "one-minute", false),
            new Account("shop", "catalog", "two-minutes", false),
            new Account("shop", "search", "three-minutes", false),
            new Account("shop", "checkout", "pair", true),
            new Account("shop", "stock", "pair", true),
            new Account("shop", "mail", "two-minutes", false),
            new Account("shop", "sandbox", "drills", false),
            new Account("billing", "invoices", "one-minute", false),
            new Account("billing", "ledger", "three-minutes", false),
            new Account("billing", "dunning", "two-minutes", false),
            new Account("billing", "payments", "pair", true),
            new Account("billing", "reports", "pair", true),
            new Account("billing", "legacy", "soon", false));

    private DemoAccounts() {}

    /**
     * One account of an application.
     *
     * @param alternating whether a second role takes turns with the first
     */
    record Account(String database, String application, String policy, boolean alternating) {

        String role() {
            return database + '_' + application;
        }

        /** Of a pair only the first role exists at the beginning; the other is made at the first rotation. */
        List<String> principals() {
            return alternating ? List.of(role(), role() + "_b") : List.of(role());
        }

        String credential() {
            return "demo/" + database + "/postgresql/" + application;
        }
    }

    /** The statement that gives the administrator the right it lacks. */
    static String missingGrant() {
        return "GRANT " + REFUSED + " TO " + ADMIN + " WITH ADMIN OPTION";
    }

    /** Creates databases, tables, accounts and an administrator that may change all of them but one. */
    static void plant(DemoServer server, DemoFiles files) {
        if (server.holds("SELECT 1 FROM pg_roles WHERE rolname = '" + ADMIN + "'")) {
            return;
        }
        for (String database : DATABASES) {
            server.execute("postgres", "CREATE DATABASE " + database);
            server.execute(database, "CREATE TABLE item (id int PRIMARY KEY)");
        }
        for (Account account : ALL) {
            server.execute(
                    account.database(),
                    "CREATE ROLE " + account.role() + " LOGIN PASSWORD '" + files.password(account.role()) + "'",
                    "GRANT SELECT, INSERT, UPDATE ON item TO " + account.role());
        }
        String admin = "CREATE ROLE " + ADMIN + " LOGIN CREATEROLE PASSWORD '" + files.password(ADMIN_SECRET) + "'";
        Stream<String> grants = ALL.stream()
                .filter(account -> !account.role().equals(REFUSED))
                .map(account -> "GRANT " + account.role() + " TO " + ADMIN + " WITH ADMIN OPTION");
        server.execute("postgres", Stream.concat(Stream.of(admin), grants).toArray(String[]::new));
    }
}
