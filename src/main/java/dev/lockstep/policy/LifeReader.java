package dev.lockstep.policy;

import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the fields {@code issuance} and {@code decommission} of a policy: how a life begins and how it ends. */
final class LifeReader {

    private static final Duration ONE_MINUTE = Duration.ofMinutes(1);
    private static final Duration ONE_YEAR = Duration.ofDays(365);

    private LifeReader() {}

    static Optional<Policy.Issuance> issuance(Fields policy) {
        return policy.at("issuance")
                .map(node -> new Policy.Issuance(
                        grants(policy),
                        Set.copyOf(policy.texts(List.of(), "issuance", "environments")),
                        policy.duration(ONE_MINUTE, Durations.TEN_YEARS, "issuance", "expires", "at-most"),
                        policy.text("issuance", "handover")
                                .filter("none"::equals)
                                .isEmpty()));
    }

    private static Grants grants(Fields policy) {
        List<Node> access =
                policy.at("issuance", "grants", "access").map(Node::children).orElse(List.of());
        return new Grants(
                policy.texts(List.of(), "issuance", "grants", "member-of"),
                access.stream()
                        .flatMap(node -> access(new Fields(node, policy.problems())).stream())
                        .toList());
    }

    /** Empty when the schema has complained about it. */
    private static Optional<Grants.Access> access(Fields access) {
        List<Grants.TableRight> tables = access.texts(List.of(), "tables").stream()
                .map(label -> Grants.TableRight.valueOf(label.toUpperCase(Locale.ROOT)))
                .toList();
        Optional<String> schema = access.text("schema");
        Optional<String> future = access.text("future-tables-of");
        boolean whole = (schema.isPresent() || tables.isEmpty()) && (!tables.isEmpty() || future.isEmpty());
        return access.text("database")
                .filter(database -> whole)
                .map(database -> new Grants.Access(database, schema, tables, future));
    }

    static Policy.Decommission decommission(Fields policy) {
        Policy.Decommission standard = Policy.Decommission.STANDARD;
        return new Policy.Decommission(
                policy.duration(Duration.ZERO, ONE_YEAR, "decommission", "quarantine")
                        .orElse(standard.quarantine()),
                asks(policy.text("decommission", "approval").orElse("")),
                policy.text("decommission", "heir"));
    }

    private static Policy.Asks asks(String label) {
        return switch (label) {
            case "always" -> Policy.Asks.ALWAYS;
            case "never" -> Policy.Asks.NEVER;
            default -> Policy.Decommission.STANDARD.asks();
        };
    }
}
