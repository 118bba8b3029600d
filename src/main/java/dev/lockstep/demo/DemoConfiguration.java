package dev.lockstep.demo;

import java.util.stream.Collectors;

/** Writes the demo's configuration as a user would, so that it can be read and edited. */
final class DemoConfiguration {

    private static final String POLICY = """
            kind: Policy
            name: %s
            rotate: %s
            strategy: %s
            secret: {type: password, length: 32, classes: [lower, upper, digit], minimum-entropy: 128}
            grace: {at-most: %s, laggards: retire-anyway}
            retries: {attempts: 4, backoff: [PT2S, PT5S, PT10S]}
            on-failure:
              retry-later: {times: 0}
              escalate: {group: operators, within: PT4H}
            """;

    private static final String TARGET = """
            kind: Target
            name: demo-postgresql
            type: postgresql
            settings:
              host: localhost
              port: %d
              database: postgres
              admin: %s
              password: %s
            """;

    private static final String STORE = """
            kind: Store
            name: embedded
            type: embedded
            """;

    private static final String CREDENTIAL = """
            kind: Credential
            name: %s
            owner: %s-team
            class: database-user
            target: demo-postgresql
            store: embedded
            %s
            settings: {database: %s, probe: SELECT count(*) FROM item}
            policy: %s
            initial: %s
            labels: {sandbox: "%s"}
            """;

    private DemoConfiguration() {}

    /** Writes what is missing. */
    static void write(DemoFiles files, int port) {
        files.provide(
                "config/policies/demo.yaml",
                String.join(
                        "---\n",
                        policy("soon", every("PT30S"), "in-place", "PT10S"),
                        policy("one-minute", every("PT1M"), "in-place", "PT20S"),
                        policy("two-minutes", every("PT2M"), "in-place", "PT20S"),
                        policy("three-minutes", every("PT3M"), "in-place", "PT0S"),
                        policy("pair", every("PT90S"), "alternating", "PT30S"),
                        policy("drills", "on-demand", "in-place", "PT0S")));
        files.provide(
                "config/targets/demo.yaml",
                TARGET.formatted(port, DemoAccounts.ADMIN, files.reference(DemoAccounts.ADMIN_SECRET)));
        files.provide("config/stores/demo.yaml", STORE);
        for (String database : DemoAccounts.DATABASES) {
            files.provide(
                    "config/credentials/" + database + ".yaml",
                    DemoAccounts.ALL.stream()
                            .filter(account -> account.database().equals(database))
                            .map(account -> credential(account, files))
                            .collect(Collectors.joining("---\n")));
        }
    }

    private static String every(String interval) {
        return "{every: " + interval + "}";
    }

    private static String policy(String name, String rotate, String strategy, String grace) {
        return POLICY.formatted(name, rotate, strategy, grace);
    }

    private static String credential(DemoAccounts.Account account, DemoFiles files) {
        String principals = account.alternating()
                ? "principals: [" + String.join(", ", account.principals()) + "]"
                : "principal: " + account.role();
        return CREDENTIAL.formatted(
                account.credential(),
                account.database(),
                principals,
                account.database(),
                account.policy(),
                files.reference(account.role()),
                account.role().equals(DemoAccounts.SANDBOX));
    }
}
