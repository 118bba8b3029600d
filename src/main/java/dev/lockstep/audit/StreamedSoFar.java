package dev.lockstep.audit;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to where every receiver has the trail.
 *
 * @param streams their names
 */
record StreamedSoFar(JdbcClient jdbc, Set<String> streams) {

    /** 0 while one has nothing yet. */
    long position() {
        Map<String, Long> positions = jdbc
                .sql("SELECT name, position FROM audit_stream")
                .query((row, number) -> Map.entry(row.getString("name"), row.getLong("position")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return streams.stream()
                .mapToLong(name -> positions.getOrDefault(name, 0L))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
