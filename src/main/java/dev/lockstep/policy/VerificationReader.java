package dev.lockstep.policy;

import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Policy.Depth;
import java.time.Duration;

/** Reads the field {@code verify} of a policy. */
final class VerificationReader {

    private static final Duration ONE_DAY = Duration.ofDays(1);

    private VerificationReader() {}

    /** What the document says, with defaults for the rest; whatever was refused counts as not said. */
    static Policy.Verification read(Fields policy, Policy.Retries retries) {
        Policy.Verification otherwise = Policy.Verification.STANDARD;
        Duration patience =
                policy.duration(Duration.ZERO, ONE_DAY, "verify", "patience").orElse(otherwise.patience());
        int logins = logins(retries, patience);
        if (logins > Policy.Verification.MOST_LOGINS) {
            policy.problems()
                    .add(
                            policy.at("verify", "patience").orElseThrow(),
                            "with the waits of retries.backoff a secret that is refused would be tried more than "
                                    + Policy.Verification.MOST_LOGINS + " times",
                            "shorten the patience or let the last wait of retries.backoff be longer");
        }
        return new Policy.Verification(
                policy.text("verify", "depth").filter("login"::equals).isPresent() ? Depth.LOGIN : Depth.PROBE,
                Math.max(1, policy.number(otherwise.times(), "verify", "times")),
                patience);
    }

    private static int logins(Policy.Retries retries, Duration patience) {
        Duration passed = Duration.ZERO;
        int logins = 1;
        while (passed.compareTo(patience) < 0 && logins <= Policy.Verification.MOST_LOGINS) {
            passed = passed.plus(retries.backoffAfter(logins));
            logins++;
        }
        return logins;
    }
}
