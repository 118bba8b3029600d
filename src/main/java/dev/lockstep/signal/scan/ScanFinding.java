package dev.lockstep.signal.scan;

import dev.lockstep.domain.SecretValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One finding of a scanner.
 *
 * @param rule what the scanner calls this sort of secret
 * @param place file and line, or what else the scanner tells
 * @param link address where a person can look at it; null when there is none
 * @param values what was found, in each form that the scanner tells
 */
public record ScanFinding(
        String rule, String place, @Nullable String link, List<SecretValue> values) implements AutoCloseable {
    public ScanFinding {
        values = List.copyOf(values);
    }

    @Override
    public void close() {
        values.forEach(SecretValue::close);
    }
}
