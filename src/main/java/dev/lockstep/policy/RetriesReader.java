package dev.lockstep.policy;

import dev.lockstep.domain.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the field {@code retries} of a policy. */
final class RetriesReader {

    private static final int ATTEMPTS = 5;
    private static final int NEW_SECRET_AFTER = 2;
    private static final List<Duration> BACKOFF =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** What the document says, with defaults for the rest; whatever was refused counts as not said. */
    Policy.Retries read(Fields policy) {
        int attempts = policy.number(ATTEMPTS, "retries", "attempts");
        Policy.Retries retries = new Policy.Retries(
                Math.max(1, attempts),
                backoff(policy),
                Math.max(1, policy.number(NEW_SECRET_AFTER, "retries", "new-secret-after")));
        Duration total = Duration.ZERO;
        for (int attempt = 1; attempt < Math.min(attempts, 20); attempt++) {
            total = total.plus(retries.backoffAfter(attempt));
        }
        if (total.compareTo(LONGEST) > 0) {
            Node node = policy.at("retries", "backoff")
                    .or(() -> policy.at("retries"))
                    .orElseThrow();
            policy.problems()
                    .add(
                            node,
                            "the waits before " + attempts + " attempts add up to " + Durations.words(total),
                            "stay within " + Durations.words(LONGEST) + " with shorter waits or fewer attempts");
        }
        return retries;
    }

    private static List<Duration> backoff(Fields policy) {
        Optional<Node> node = policy.at("retries", "backoff").filter(Node.Sequence.class::isInstance);
        List<Duration> waits = new ArrayList<>();
        for (Node wait : node.map(Node::children).orElse(List.of())) {
            policy.duration(wait, SHORTEST_WAIT, LONGEST).ifPresent(waits::add);
        }
        return waits.isEmpty() ? BACKOFF : waits;
    }
}
