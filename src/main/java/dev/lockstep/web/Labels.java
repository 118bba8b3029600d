package dev.lockstep.web;

import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How values are spelled outside: in lower case, with {@code -}. */
final class Labels {

    private Labels() {}

    static @Nullable String of(@Nullable Enum<?> value) {
        return value == null ? null : text(value);
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label as given, when there is a status with it. */
    static String status(String label) {
        boolean known = Arrays.stream(CredentialStatus.values())
                .anyMatch(status -> text(status).equals(label));
        if (!known) {
            throw new InvalidInput(
                    "status",
                    "a status is one of "
                            + Arrays.stream(CredentialStatus.values())
                                    .map(Labels::text)
                                    .collect(Collectors.joining(", ")));
        }
        return label;
    }

    static String priority(int priority) {
        if (priority >= Operation.EMERGENCY) {
            return "emergency";
        }
        return priority >= Operation.REQUESTED ? "requested" : "routine";
    }
}
