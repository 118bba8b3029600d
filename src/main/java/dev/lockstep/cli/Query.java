package dev.lockstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of an address after the question mark. */
final class Query {

    private Query() {}

    /** Leaves out what is null. */
    static String of(Map<String, @Nullable String> parameters) {
        List<String> given = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (value != null) {
                given.add(name + "=" + Addresses.encoded(value));
            }
        });
        return String.join("&", given);
    }
}
