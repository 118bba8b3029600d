package dev.lockstep.policy;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with the configuration; keeps the first problem of each field. */
final class Problems {

    private static final Comparator<ConfigurationError> BY_PLACE = Comparator.comparing(ConfigurationError::file)
            .thenComparingInt(ConfigurationError::line)
            .thenComparingInt(ConfigurationError::column);

    private record Spot(Place place, String field) {}

    private final Map<Spot, ConfigurationError> found = new LinkedHashMap<>();
    private int reported;

    void add(Place place, String field, String problem, String advice) {
        reported++;
        found.putIfAbsent(
                new Spot(place, field),
                new ConfigurationError(place.file(), place.line(), place.column(), field, problem, advice));
    }

    /** Complains about a value. */
    void add(Node node, String problem, String advice) {
        add(node.place(), node.path(), problem, advice);
    }

    /** How often something was reported so far, also what was known already. */
    int reported() {
        return reported;
    }

    /** What was added, in the order of files and lines. */
    List<ConfigurationError> sorted() {
        return found.values().stream().sorted(BY_PLACE).toList();
    }

    /** @throws ConfigurationErrors when anything was added */
    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigurationErrors(
                    found.values().stream().sorted(BY_PLACE).toList());
        }
    }
}
