package dev.lockstep.ledger;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stored form of labels: {@code key=value} in alphabetical order, one a line. */
final class Labels {

    private Labels() {}

    static String encode(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + '=' + label.getValue().replace('\n', ' '))
                        .collect(Collectors.joining("\n"));
    }

    static Map<String, String> decode(String stored) {
        return stored.lines()
                .filter(line -> line.indexOf('=') > 0)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }
}
