package dev.lockstep.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a scanner or a vendor has found, before it is compared with what Lockstep manages.
 *
 * @param type what the finder calls this sort of secret
 * @param place where it was found, as rules of the configuration name it, for example a repository; may be empty
 * @param link address where a person can look at it; null when there is none
 * @param value what was found; whoever takes the finding closes it. Null when the report does not tell it
 * @param accounts accounts or key ids that it belongs to, compared with the principals of credentials
 * @param credentials names that the report itself gives, known or not
 */
public record LeakFinding(
        Signal.Kind kind,
        Signal.Confidence confidence,
        Signal.Exposure exposure,
        String type,
        String place,
        @Nullable String link,
        @Nullable SecretValue value,
        List<String> accounts,
        List<String> credentials)
        implements AutoCloseable {
    public LeakFinding {
        accounts = List.copyOf(accounts);
        credentials = List.copyOf(credentials);
    }

    @Override
    public void close() {
        if (value != null) {
            value.close();
        }
    }
}
