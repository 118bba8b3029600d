package dev.lockstep.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong value in any field is reported with its file, line and field, and it is the only complaint. */
class FieldErrorsTest {

    /** One change of a document that is in order, and what must be said about it. */
    record Mutation(String file, String document, String from, String to, int line, String field, String says) {
        @Override
        public String toString() {
            return file + ": " + from.strip() + " -> " + to.strip();
        }
    }

    private static Mutation policy(String from, String to, int line, String field, String says) {
        return new Mutation("policies/app.yaml", Samples.POLICY, from, to, line, field, says);
    }

    private static Mutation appliesTo(String to, String field, String says) {
        return policy("rotate: {", "applies-to: " + to + "\nrotate: {", 3, field, says);
    }

    private static Mutation cron(String from, String to, int line, String field, String says) {
        return new Mutation("policies/pair.yaml", Samples.CRON_POLICY, from, to, line, field, says);
    }

    private static Mutation target(String from, String to, int line, String field, String says) {
        return new Mutation("targets/db.yaml", Samples.TARGET, from, to, line, field, says);
    }

    private static Mutation store(String from, String to, int line, String field, String says) {
        return new Mutation("stores/stores.yaml", Samples.STORE, from, to, line, field, says);
    }

    private static Mutation credential(String from, String to, int line, String field, String says) {
        return new Mutation("credentials/orders.yaml", Samples.CREDENTIAL, from, to, line, field, says);
    }

    static List<Mutation> policyMutations() {
        return List.of(
                policy("kind: Policy", "kind: Polcy", 1, "kind", "'Polcy' is no kind of document"),
                policy("kind: Policy\n", "", 1, "kind", "is missing; write kind: Policy or Target"),
                policy("kind: Policy", "kind: [Policy]", 1, "kind", "is no kind of document"),
                policy("name: app-password\n", "name: app-password\nextra: 1\n", 3, "extra", "is unknown; known: "),
                policy(
                        "name: app-password\n",
                        "name: app-password\nprocess: rotation@\n",
                        3,
                        "process",
                        "'rotation@' is not accepted; expected: the process that rotates"),
                appliesTo("all", "applies-to", "'all' is not accepted; expected: which credentials it applies to"),
                appliesTo("7", "applies-to", "is a number"),
                appliesTo("[]", "applies-to", "has too few entries"),
                appliesTo("[{}]", "applies-to[0]", "has too few entries; expected: a rule"),
                appliesTo("[prod]", "applies-to[0]", "is text; expected: a rule"),
                appliesTo("[{env: prod}]", "applies-to[0].env", "is unknown; did you mean team? known: class"),
                appliesTo("[{environment: Prod}]", "applies-to[0].environment", "'Prod' is not accepted"),
                appliesTo("[{environment: []}]", "applies-to[0].environment", "has too few entries"),
                appliesTo("[{team: [a, A]}]", "applies-to[0].team[1]", "'A' is not accepted"),
                appliesTo("[{system: 5}]", "applies-to[0].system", "is a number"),
                appliesTo("[{class: Api Key}]", "applies-to[0].class", "'Api Key' is not accepted"),
                appliesTo("[{owner: the team}]", "applies-to[0].owner", "'the team' is not accepted"),
                appliesTo("[{target: order-db}]", "applies-to[0].target", "there is no target 'order-db'"),
                appliesTo("[{target: [orders-db, x]}]", "applies-to[0].target[1]", "there is no target 'x'"),
                appliesTo("[{labels: gold}]", "applies-to[0].labels", "is text"),
                appliesTo("[{labels: {}}]", "applies-to[0].labels", "has too few entries"),
                appliesTo("[{labels: {tier: {a: b}}}]", "applies-to[0].labels.tier", "is a mapping"),
                appliesTo("[{labels: {tier: [{}]}}]", "applies-to[0].labels.tier[0]", "is a mapping"),
                appliesTo("[{labels: {ti er: gold}}]", "applies-to[0].labels.ti er", "is not accepted as a key"),
                policy("retries: {", "retrys: {", 7, "retrys", "did you mean retries?"),
                policy("rotate: {every: P30D}\n", "", 1, "rotate", "is missing; add when a credential is due"),
                policy("rotate: {every: P30D}", "rotate:", 3, "rotate", "is empty; expected: when a credential is due"),
                policy("rotate: {every: P30D}", "rotate: daily", 3, "rotate", "'daily' is not accepted"),
                policy("rotate: {every: P30D}", "rotate: 30", 3, "rotate", "is a number"),
                policy("rotate: {every: P30D}", "rotate: {}", 3, "rotate", "has too few entries"),
                policy("rotate: {every: P30D}", "rotate: {evry: P30D}", 3, "rotate.evry", "did you mean every?"),
                policy("{every: P30D}", "{every: P30D, cron: 0 0 3 * * *}", 3, "rotate", "every and cron exclude"),
                policy("{every: P30D}", "{every: P30D, zone: UTC}", 3, "rotate.zone", "does not work without cron"),
                policy(
                        "every: P30D",
                        "every: 30",
                        3,
                        "rotate.every",
                        "is a number, not text: put it in quotes; expected: the time from one"),
                policy("every: P30D", "every: PT", 3, "rotate.every", "'PT' has no amount; write 1 minute to 10 years"),
                policy("every: P30D", "every: PT0S", 3, "rotate.every", "'PT0S' is out of range: too short"),
                policy("every: P30D", "every: PT-1H", 3, "rotate.every", "'PT-1H' is negative"),
                policy("every: P30D", "every: P1000Y", 3, "rotate.every", "'P1000Y' is out of range: longer than 10"),
                policy(
                        "every: P30D",
                        "every: P1Y",
                        3,
                        "rotate.every",
                        "whose length varies; write 1 minute to 10 years"),
                policy("every: P30D", "every: P1M", 3, "rotate.every", "for example P30D"),
                policy("every: P30D", "every: P3651D", 3, "rotate.every", "out of range: too long"),
                policy("every: P30D", "every: P999999999W", 3, "rotate.every", "out of range: too long"),
                policy("every: P30D", "every: P99999999999999999999D", 3, "rotate.every", "is out of range: too long"),
                policy("every: P30D", "every: PT59S", 3, "rotate.every", "out of range: too short; write 1 minute"),
                policy("every: P30D", "every: PT90.5S", 3, "rotate.every", "has a fraction"),
                policy("every: P30D", "every: 30 days", 3, "rotate.every", "'30 days' is no ISO 8601 duration"),
                cron("0 0 3 * * SUN", "0 0 3 31 2 *", 3, "rotate.cron", "never fires"),
                cron("0 0 3 * * SUN", "* * * * * *", 3, "rotate.cron", "fires 1 second after"),
                cron("0 0 3 * * SUN", "0,30 0 3 * * *", 3, "rotate.cron", "fires 30 seconds after"),
                cron(
                        "strategy: alternating",
                        "windows: [{days: [mon], from: \"02:00\", to: \"04:00\"}]\nstrategy: alternating",
                        3,
                        "rotate.cron",
                        "never fires in one of the windows"),
                cron(
                        "strategy: alternating",
                        "jitter: P4D\nstrategy: alternating",
                        4,
                        "jitter",
                        "4 days is longer than half the interval of"),
                cron(
                        "strategy: alternating",
                        "maximum-age: P7D\nstrategy: alternating",
                        4,
                        "maximum-age",
                        "7 days is shorter than the interval of 169 hours"),
                cron("0 0 3 * * SUN", "0 3 * * SUN", 3, "rotate.cron", "has 5 fields; write six fields"),
                cron("0 0 3 * * SUN", "@daily", 3, "rotate.cron", "has 1 field"),
                cron("0 0 3 * * SUN", "0 0 25 * * *", 3, "rotate.cron", "is no cron expression"),
                cron(
                        "cron: \"0 0 3 * * SUN\"",
                        "cron: 5",
                        3,
                        "rotate.cron",
                        "is a number, not text: put it in quotes; expected: six fields"),
                cron("Europe/Berlin", "Mars/Olympus", 3, "rotate.zone", "'Mars/Olympus' is no known time zone"),
                cron(
                        "Europe/Berlin",
                        "1",
                        3,
                        "rotate.zone",
                        "is a number, not text: put it in quotes; expected: the time zone"),
                policy("strategy: in-place\n", "", 1, "strategy", "is missing; add in-place"),
                policy("strategy: in-place", "strategy: rolling", 4, "strategy", "'rolling' is not accepted"),
                policy("secret: {type: password", "secret: {type: pin", 5, "secret.type", "'pin' is not accepted"),
                policy("secret: {type: password, ", "secret: {", 5, "secret.type", "is missing; add password or"),
                policy("length: 32", "length: long", 5, "secret.length", "is text; expected: the number of characters"),
                policy("length: 32", "length: 0", 5, "secret.length", "'0' is less than 1"),
                policy("length: 32", "length: 513", 5, "secret.length", "'513' is more than 512"),
                policy(
                        "length: 32",
                        "length: 2",
                        5,
                        "secret.length",
                        "cannot hold one character of each class: 0.0 bits"),
                policy("length: 32", "length: 8", 5, "secret.minimum-entropy", "bits of entropy, but at least 128"),
                policy("[lower, upper, digit]", "[]", 5, "secret.classes", "has too few entries"),
                policy("[lower, upper, digit]", "lower", 5, "secret.classes", "is text"),
                policy("[lower, upper, digit]", "[lower, lower]", 5, "secret.classes", "names something twice"),
                policy("[lower, upper, digit]", "[lower, greek]", 5, "secret.classes[1]", "'greek' is not accepted"),
                policy("\"-_.\"", "\"a b\"", 5, "secret.symbols", "'a b' is not accepted; expected: the symbols"),
                policy("\"-_.\"", "5", 5, "secret.symbols", "is a number"),
                policy("\"0O1lI\"", "\"0123456789\"", 5, "secret.classes", "no character of the required class"),
                policy("\"0O1lI\"", "true", 5, "secret.forbidden", "is true or false"),
                policy("minimum-entropy: 128", "minimum-entropy: 63", 5, "secret.minimum-entropy", "less than 64"),
                policy("minimum-entropy: 128", "minimum-entropy: 500", 5, "secret.minimum-entropy", "but at least 500"),
                policy("minimum-entropy: 128", "minimum-entropy: x", 5, "secret.minimum-entropy", "is text"),
                policy(
                        "symbols: \"-_.\"",
                        "algorithm: rsa",
                        5,
                        "secret.algorithm",
                        "does not go together with the fields beside it; remove it"),
                policy(
                        "symbols: \"-_.\"",
                        "size: 2048",
                        5,
                        "secret.size",
                        "does not go together with the fields beside it; remove it"),
                cron("algorithm: rsa, ", "", 5, "secret.algorithm", "is missing; add the kind of key"),
                cron("algorithm: rsa", "algorithm: dsa", 5, "secret.algorithm", "'dsa' is not accepted"),
                cron("size: 4096", "size: 1024", 5, "secret.size", "[2048, 3072, 4096], not 1024"),
                cron("size: 4096", "size: big", 5, "secret.size", "is text"),
                cron("size: 4096", "length: 32", 5, "secret.length", "does not go together"),
                cron("size: 4096", "classes: [lower]", 5, "secret.classes", "does not go together"),
                cron("size: 4096", "symbols: \"-\"", 5, "secret.symbols", "does not go together"),
                cron("size: 4096", "forbidden: \"0\"", 5, "secret.forbidden", "does not go together"),
                cron("size: 4096", "minimum-entropy: 80", 5, "secret.minimum-entropy", "does not go together"),
                policy(
                        "grace: {at-most: P1D, laggards: wait-and-escalate}\n",
                        "",
                        1,
                        "grace",
                        "is missing; add how long"),
                policy("at-most: P1D, ", "", 6, "grace.at-most", "is missing"),
                policy("at-most: P1D", "at-most: 1", 6, "grace.at-most", "is a number"),
                policy("at-most: P1D", "at-most: soon", 6, "grace.at-most", "is no ISO 8601 duration"),
                policy(
                        "at-most: P1D",
                        "at-most: P31D",
                        6,
                        "grace.at-most",
                        "31 days is longer than the interval of 30"),
                cron("at-most: P1D", "at-most: P8D", 6, "grace.at-most", "longer than the interval of"),
                cron(
                        "at-most: P1D",
                        "at-most: PT0S",
                        6,
                        "grace.at-most",
                        "a grace of zero makes alternating pointless"),
                policy("at-most: P1D", "at-least: P2D, at-most: P1D", 6, "grace.at-least", "2 days is longer than"),
                policy("at-most: P1D", "at-least: never, at-most: P1D", 6, "grace.at-least", "is no ISO 8601"),
                policy(
                        "laggards: wait-and-escalate",
                        "laggards: shrug",
                        6,
                        "grace.laggards",
                        "'shrug' is not accepted"),
                policy("retries: {", "verify: {depth: deep}\nretries: {", 7, "verify.depth", "'deep' is not accepted"),
                policy("retries: {", "verify: {times: 4}\nretries: {", 7, "verify.times", "'4' is more than 3"),
                policy("retries: {", "verify: {patience: P2D}\nretries: {", 7, "verify.patience", "too long"),
                policy(
                        "retries: {",
                        "verify: {patience: P1D}\nretries: {",
                        7,
                        "verify.patience",
                        "would be tried more than 100 times; shorten"),
                policy("attempts: 4", "attempts: 0", 7, "retries.attempts", "'0' is less than 1"),
                policy("attempts: 4", "attempts: 21", 7, "retries.attempts", "'21' is more than 20"),
                policy("attempts: 4", "attempts: 1.5", 7, "retries.attempts", "is a number; expected: how often"),
                policy("[PT5S, PT30S, PT5M]", "[]", 7, "retries.backoff", "has too few entries"),
                policy("[PT5S, PT30S, PT5M]", "PT5S", 7, "retries.backoff", "is text"),
                policy("[PT5S, PT30S, PT5M]", "[PT5S, 30]", 7, "retries.backoff[1]", "is a number"),
                policy("[PT5S, PT30S, PT5M]", "[PT5S, PT0S]", 7, "retries.backoff[1]", "too short"),
                policy("[PT5S, PT30S, PT5M]", "[PT5S, PT-5S]", 7, "retries.backoff[1]", "is negative"),
                policy("[PT5S, PT30S, PT5M]", "[P3D]", 7, "retries.backoff", "add up to 9 days; stay within 7 days"),
                policy("new-secret-after: 2", "new-secret-after: 0", 7, "retries.new-secret-after", "less than 1"),
                policy(
                        "new-secret-after: 2",
                        "new-secret-after: no",
                        7,
                        "retries.new-secret-after",
                        "is true or false"),
                policy("times: 3", "times: 11", 9, "on-failure.retry-later.times", "'11' is more than 10"),
                policy("after: PT2H", "after: PT0S", 9, "on-failure.retry-later.after", "too short"),
                policy("after: PT2H", "after: 2", 9, "on-failure.retry-later.after", "is a number"),
                policy("{times: 3, after: PT2H}", "3", 9, "on-failure.retry-later", "is a number"),
                policy("group: operators", "group: the ops", 10, "on-failure.escalate.group", "'the ops' is not"),
                policy("within: P2D", "within: P", 10, "on-failure.escalate.within", "'P' has no amount"),
                policy("escalate: {", "escalate: operators # {", 10, "on-failure.escalate", "is text"),
                policy("approval: {", "on-drift: guess\napproval: {", 11, "on-drift", "'guess' is not accepted"),
                policy("escalate: {", "escalte: {", 10, "on-failure.escalte", "did you mean escalate?"),
                policy("group: approvers, ", "", 11, "approval.group", "is missing; add the group"),
                policy("group: approvers", "group: [a]", 11, "approval.group", "is a list"),
                policy("within: PT8H", "within: P400D", 11, "approval.within", "too long"),
                policy("within: PT8H", "within: 8", 11, "approval.within", "is a number"),
                policy(
                        "approval: {",
                        "issuance: {grants: {acces: []}}\napproval: {",
                        11,
                        "issuance.grants.acces",
                        "did you"),
                policy(
                        "approval: {",
                        "issuance: {grants: {access: [{database: d, tables: [select]}]}}\napproval: {",
                        11,
                        "issuance.grants.access[0].tables",
                        "does not work without schema"),
                policy(
                        "approval: {",
                        "issuance: {grants: {access: [{database: d, schema: s, tables: [all]}]}}\napproval: {",
                        11,
                        "issuance.grants.access[0].tables[0]",
                        "'all' is not accepted"),
                policy(
                        "approval: {",
                        "issuance: {expires: {}}\napproval: {",
                        11,
                        "issuance.expires.at-most",
                        "is missing"),
                policy(
                        "approval: {",
                        "issuance: {expires: {at-most: PT1S}}\napproval: {",
                        11,
                        "issuance.expires.at-most",
                        "too short"),
                policy(
                        "approval: {",
                        "decommission: {quarantine: P400D}\napproval: {",
                        11,
                        "decommission.quarantine",
                        "too long"),
                policy("approval: {", "windows: [{from: \"02:00\"}]\napproval: {", 11, "windows[0].to", "is missing"),
                policy("approval: {", "windows: []\napproval: {", 11, "windows", "has too few entries"),
                policy(
                        "approval: {",
                        "windows: [{from: \"2:00\", to: \"04:00\"}]\napproval: {",
                        11,
                        "windows[0].from",
                        "'2:00' is no time of day"),
                policy(
                        "approval: {",
                        "windows: [{from: \"24:00\", to: \"04:00\"}]\napproval: {",
                        11,
                        "windows[0].from",
                        "'24:00' is no time of day"),
                policy(
                        "approval: {",
                        "windows: [{from: \"02:00\", to: 4}]\napproval: {",
                        11,
                        "windows[0].to",
                        "is a number, not text"),
                policy(
                        "approval: {",
                        "windows: [{from: \"02:00\", to: \"02:10\"}]\napproval: {",
                        11,
                        "windows[0]",
                        "open for 10 minutes only"),
                policy(
                        "approval: {",
                        "windows: [{from: \"02:00\", to: \"04:00\", zone: Mars/Olympus}]\napproval: {",
                        11,
                        "windows[0].zone",
                        "is no known time zone"),
                policy(
                        "approval: {",
                        "windows: [{days: [mon, someday], from: \"02:00\", to: \"04:00\"}]\napproval: {",
                        11,
                        "windows[0].days[1]",
                        "'someday' is not accepted"),
                policy(
                        "approval: {",
                        "windows: [{days: [], from: \"02:00\", to: \"04:00\"}]\napproval: {",
                        11,
                        "windows[0].days",
                        "has too few entries"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2026-12-20}]\napproval: {",
                        11,
                        "blackouts[0].from",
                        "does not work without to"),
                policy(
                        "approval: {",
                        "blackouts: [{from: Christmas, to: 2026-12-27}]\napproval: {",
                        11,
                        "blackouts[0].from",
                        "'Christmas' is neither a day nor a time"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2026-12-20, to: 2026-02-30}]\napproval: {",
                        11,
                        "blackouts[0].to",
                        "'2026-02-30' is neither a day nor a time"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2026-12-20, to: 2026-12-19}]\napproval: {",
                        11,
                        "blackouts[0].to",
                        "'2026-12-19' is not after its beginning"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2026-12-20, to: 2026-12-21, zone: UCT+99}]\napproval: {",
                        11,
                        "blackouts[0].zone",
                        "is no known time zone"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2026-12-20, to: 2026-12-21, reason: 5}]\napproval: {",
                        11,
                        "blackouts[0].reason",
                        "is a number"),
                policy(
                        "approval: {",
                        "blackouts: [{from: 2000-01-01, to: 2050-01-01}]\napproval: {",
                        11,
                        "blackouts",
                        "leave no opening within 10 years"),
                policy("approval: {", "jitter: P8D\napproval: {", 11, "jitter", "too long; write 0 seconds to 7 days"),
                policy("approval: {", "jitter: soon\napproval: {", 11, "jitter", "is no ISO 8601 duration"),
                policy(
                        "approval: {",
                        "maximum-age: P29D\napproval: {",
                        11,
                        "maximum-age",
                        "29 days is shorter than the interval of 30 days"),
                policy("approval: {", "maximum-age: 90\napproval: {", 11, "maximum-age", "is a number"),
                policy(
                        "approval: {",
                        "decommission: {approval: sometimes}\napproval: {",
                        11,
                        "decommission.approval",
                        "'sometimes' is not accepted"));
    }

    static List<Mutation> endpointMutations() {
        return List.of(
                target("name: orders-db\n", "", 1, "name", "is missing"),
                target("name: orders-db", "name: Orders DB", 2, "name", "'Orders DB' is not accepted"),
                target("type: inert\n", "", 1, "type", "is missing; add the adapter"),
                target("type: inert", "type: inrt", 3, "type", "did you mean inert? known: inert, other"),
                target("type: inert", "type: 7", 3, "type", "is a number"),
                target("port: 5432", "port: [5432]", 6, "settings.port", "is a list; expected: a single value"),
                target("port: 5432", "port:", 6, "settings.port", "is empty"),
                target("port: 5432", "po rt: 1", 6, "settings.po rt", "is not accepted as a key"),
                target(
                        "port: 5432",
                        "impossible: 1",
                        6,
                        "settings.impossible",
                        "no such setting; known are host and port"),
                target(
                        "${env:PG_ADMIN_PASSWORD}",
                        "hunter2",
                        8,
                        "settings.password",
                        "a secret must not stand in a file"),
                target("password: $", "api-token: literal # $", 8, "settings.api-token", "write ${env:NAME}"),
                target("password: $", "clientSecret: literal # $", 8, "settings.clientSecret", "write ${env:NAME}"),
                target(
                        "${env:PG_ADMIN_PASSWORD}",
                        "${vault:x}",
                        8,
                        "settings.password",
                        "is not a reference that Lockstep"),
                target("host: db.example.com", "host: ${env:}", 5, "settings.host", "is not a reference that Lockstep"),
                target(
                        "type: inert\n",
                        "type: inert\nlimits: {concurrency: 0}\n",
                        4,
                        "limits.concurrency",
                        "how many operations of one node"),
                target(
                        "type: inert\n",
                        "type: inert\nbreaker: {probe-every: PT10M}\n",
                        4,
                        "breaker.probe-every",
                        "too long; write 1 second to 5 minutes"),
                target(
                        "type: inert\n",
                        "type: inert\nbreaker: {tell-after: soon}\n",
                        4,
                        "breaker.tell-after",
                        "'soon' "),
                target(
                        "type: inert\n",
                        "type: inert\nbreaker: {escalate: {grp: dba}}\n",
                        4,
                        "breaker.escalate.grp",
                        "known: group, remind, then, within"),
                target(
                        "type: inert\n",
                        "type: inert\nbreaker: {escalate: {within: PT2H, remind: PT2H}}\n",
                        4,
                        "breaker.escalate.remind",
                        "is not shorter than the 2 hours that they have"),
                target(
                        "type: inert\n",
                        "type: inert\nbreaker: {escalate: {then: {within: PT2H}}}\n",
                        4,
                        "breaker.escalate.then.group",
                        "is missing"),
                target(
                        "type: inert\n",
                        "type: inert\nreconcile: {every: PT9M}\n",
                        4,
                        "reconcile.every",
                        "too short; write 10 minutes to 30 days"),
                target("type: inert\n", "type: inert\nextra: {}\n", 4, "extra", "is unknown"),
                store("name: main", "name: ..", 2, "name", "'..' is not accepted"),
                store("type: inert\nsettings", "type: vaultt\nsettings", 3, "type", "is no type of store"),
                store("{path: somewhere}", "somewhere", 4, "settings", "is text; expected: the adapter's settings"),
                store("{path: somewhere}", "{token: abc}", 4, "settings.token", "a secret must not stand in a file"),
                store("name: second", "name: second\nextra: 1", 8, "extra", "is unknown"));
    }

    static List<Mutation> credentialMutations() {
        return List.of(
                credential("name: prod/shop", "name: Prod/shop", 2, "name", "is not accepted; expected: env/team"),
                credential("name: prod/shop", "name: prod/../shop", 2, "name", "is not accepted"),
                credential("/orders-app", "/orders..app", 2, "name", "is not accepted"),
                credential("/orders-app", "/" + "a".repeat(200), 2, "name", "is longer than 200 characters"),
                credential("owner: shop-team\n", "", 1, "owner", "is missing; add the group that answers for it"),
                credential("owner: shop-team", "owner: the shop team", 3, "owner", "is not accepted"),
                credential("class: database-user\n", "", 1, "class", "is missing"),
                credential("class: database-user", "class: Database", 4, "class", "'Database' is not accepted"),
                credential("target: orders-db\n", "", 1, "target", "is missing"),
                credential("target: orders-db", "target: order-db", 5, "target", "did you mean orders-db?"),
                credential("store: main\n", "", 1, "store", "is missing"),
                credential("store: main", "store: mane", 6, "store", "there is no store 'mane'"),
                credential("mirrors: [second]", "mirrors: second", 7, "mirrors", "is text"),
                credential("mirrors: [second]", "mirrors: [third]", 7, "mirrors[0]", "there is no store 'third'"),
                credential("mirrors: [second]", "mirrors: [main]", 7, "mirrors[0]", "is the store itself"),
                credential("mirrors: [second]", "mirrors: [second, second]", 7, "mirrors", "names something twice"),
                credential("principal: orders_app\n", "", 1, "principal", "is missing; add the account"),
                credential("principal: orders_app", "principal: ''", 8, "principal", "is not accepted"),
                credential("principal: orders_app", "principal: 5", 8, "principal", "is a number"),
                credential("principal: orders_app", "principal: \"a\\nb\"", 8, "principal", "is not accepted"),
                credential(
                        "principal: orders_app",
                        "principals: [a, b]",
                        8,
                        "principals",
                        "2 of 1 accounts, which the strategy in-place"),
                credential("principal: orders_app", "principals: [a, a]", 8, "principals", "names something twice"),
                credential("principal: orders_app", "principals: []", 8, "principals", "has too few entries"),
                credential("principal: orders_app", "principals: [{a: b}]", 8, "principals[0]", "is a mapping"),
                credential(
                        "principal: o",
                        "principals: [x]\nprincipal: o",
                        1,
                        "",
                        "principal and principals exclude each other"),
                credential("policy: app-password", "policy: weekly-pair", 8, "principal", "1 of 2 accounts"),
                credential("{database: orders, ", "{database: {a: b}, ", 9, "settings.database", "is a mapping"),
                credential(
                        "{database: orders, ",
                        "{password: orders, ",
                        9,
                        "settings.password",
                        "a secret must not stand"),
                credential("policy: app-password\n", "", 1, "policy", "is missing"),
                credential("policy: app-password", "policy: app-pasword", 10, "policy", "did you mean app-password?"),
                credential("[orders, billing]", "orders", 11, "consumers", "is text"),
                credential("[orders, billing]", "[orders, bil ling]", 11, "consumers[1]", "'bil ling' is not accepted"),
                credential("[orders, billing]", "[orders, orders]", 11, "consumers", "names something twice"),
                credential("{tier: gold}", "gold", 12, "labels", "is text"),
                credential("{tier: gold}", "{tier: [gold]}", 12, "labels.tier", "is a list"),
                credential("{tier: gold}", "{tier: " + "x".repeat(256) + "}", 12, "labels.tier", "longer than 255"),
                credential(
                        "${env:ORDERS_PASSWORD}",
                        "hunter2",
                        13,
                        "initial",
                        "the value is not accepted; expected: a reference"),
                credential("${env:ORDERS_PASSWORD}", "5", 13, "initial", "is a number"),
                credential("owner: shop-team", "ownr: shop-team\nowner: x", 3, "ownr", "did you mean owner?"));
    }

    static Stream<Mutation> mutations() {
        return Stream.of(policyMutations(), endpointMutations(), credentialMutations())
                .flatMap(List::stream)
                .filter(mutation -> !mutation.says.isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutations")
    void aWrongValueIsReportedWithFileLineAndField(Mutation mutation, @TempDir Path root) {
        assertThat(mutation.document).contains(mutation.from);
        ConfigDir directory = Samples.all(new ConfigDir(root));
        directory.file(mutation.file, mutation.document.replace(mutation.from, mutation.to));

        List<ConfigurationError> errors = directory.errors().stream()
                .filter(error -> !error.problem().startsWith("there is no")
                        || mutation.says.contains("there is no")
                        || mutation.field.equals(error.field()))
                .toList();

        assertThat(errors).hasSize(1);
        ConfigurationError error = errors.get(0);
        assertThat(error.file()).isEqualTo(root.resolve(mutation.file).toString());
        assertThat(error.line()).isEqualTo(mutation.line);
        assertThat(error.field()).isEqualTo(mutation.field);
        assertThat(error.toString()).contains(mutation.says).doesNotContain("hunter2");
    }

    /** Made from the schemas: a field that is added to one is tried as well, and has to say what it is for. */
    @TestFactory
    Stream<DynamicTest> aWrongValueOfAnyFieldOfAnySchemaIsReportedInItsPlace(@TempDir Path root) {
        SchemaStand.ConfigurationDirectory directory = SchemaStand.write(root);
        assertThat(directory.load().credentials()).isNotEmpty();

        return SchemaStand.published().stream()
                .flatMap(schema -> schema.fields().stream()
                        .map(field -> DynamicTest.dynamicTest(
                                schema + ": " + field, () -> new WrongField(directory, schema, field).tryAll())));
    }

    @TestFactory
    Stream<DynamicTest> everyFieldOfEverySchemaSaysWhatItIsForAndShowsAnExample() {
        return SchemaStand.published().stream()
                .flatMap(schema -> schema.fields().stream()
                        .map(field -> DynamicTest.dynamicTest(schema + ": " + field, () -> {
                            String where = schema + ", field " + field;
                            if (!field.path().isEmpty()) {
                                assertThat(field.description())
                                        .as(where + " needs a description: a noun phrase that works as a hint")
                                        .isNotEmpty();
                            }
                            assertThat(field.rules().stream().anyMatch(FieldErrorsTest::showsAValue)
                                            || SchemaStand.isShown(schema, field))
                                    .as(where + " needs an example: use it in one of the documents under examples at"
                                            + " the top of the schema, or give the field examples or a default")
                                    .isTrue();
                        })));
    }

    private static boolean showsAValue(JsonNode rule) {
        return rule.has("examples") || rule.has("default") || rule.has("const") || rule.has("enum");
    }
}
