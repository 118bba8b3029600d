package dev.lockstep.policy;

/** Documents that are in order and use every field. */
final class Samples {

    static final String POLICY = """
            kind: Policy
            name: app-password
            rotate: {every: P30D}
            strategy: in-place
            secret: {type: password, length: 32, classes: [lower, upper, digit], symbols: "-_.", forbidden: "0O1lI", minimum-entropy: 128}
            grace: {at-most: P1D, laggards: wait-and-escalate}
            retries: {attempts: 4, backoff: [PT5S, PT30S, PT5M], new-secret-after: 2}
            on-failure:
              retry-later: {times: 3, after: PT2H}
              escalate: {group: operators, within: P2D, remind: PT4H, then: {group: leads, within: PT6H}}
            approval: {group: approvers, within: PT8H}
            """;

    static final String CRON_POLICY = """
            kind: Policy
            name: weekly-pair
            rotate: {cron: "0 0 3 * * SUN", zone: Europe/Berlin}
            strategy: alternating
            secret: {type: key-pair, algorithm: rsa, size: 4096}
            grace: {at-most: P1D, laggards: retire-anyway}
            """;

    static final String TARGET = """
            kind: Target
            name: orders-db
            type: inert
            settings:
              host: db.example.com
              port: 5432
              verbose: true
              password: ${env:PG_ADMIN_PASSWORD}
            """;

    static final String STORE = """
            kind: Store
            name: main
            type: inert
            settings: {path: somewhere}
            ---
            kind: Store
            name: second
            type: inert
            """;

    static final String CREDENTIAL = """
            kind: Credential
            name: prod/shop/postgres/orders-app
            owner: shop-team
            class: database-user
            target: orders-db
            store: main
            mirrors: [second]
            principal: orders_app
            settings: {database: orders, probe: select 1}
            policy: app-password
            consumers: [orders, billing]
            labels: {tier: gold}
            initial: ${env:ORDERS_PASSWORD}
            """;

    private Samples() {}

    /** A directory with all of them. */
    static ConfigDir all(ConfigDir directory) {
        return directory
                .file("policies/app.yaml", POLICY)
                .file("policies/pair.yaml", CRON_POLICY)
                .file("targets/db.yaml", TARGET)
                .file("stores/stores.yaml", STORE)
                .file("credentials/orders.yaml", CREDENTIAL);
    }
}
