package dev.lockstep.ledger;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Readings.Question;
import dev.lockstep.port.Readings.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds in one statement how credentials stand for their readers. */
final class Standings {

    private static final String LOOK = """
            SELECT c.name, c.status, c.next_rotation_at, k.name AS consumer, k.released_version,
                   v.credential, v.version, v.stage, v.principal, v.fingerprint, v.rules, v.operation, v.created_at,
                   v.changed_at
              FROM credential c
              LEFT JOIN credential_version v
                ON v.credential = c.name
               AND v.stage IN ('STAGED', 'CURRENT', 'PREVIOUS')
              LEFT JOIN consumer k
                ON k.credential = c.name
               AND k.name IN (:consumers)
             WHERE c.name IN (:names)
            """;

    private record Row(CredentialStatus status, @Nullable Instant next) {}

    private final JdbcClient jdbc;

    Standings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Map<Question, Standing> of(Collection<Question> questions) {
        Map<CredentialName, Row> rows = new HashMap<>();
        Map<CredentialName, Map<Integer, Version>> versions = new HashMap<>();
        Map<Question, @Nullable Integer> registered = new HashMap<>();
        jdbc.sql(LOOK)
                .param(
                        "names",
                        padded(questions.stream().map(each -> each.credential().value())))
                .param("consumers", padded(questions.stream().map(Question::consumer)))
                .query(row -> {
                    CredentialName name = CredentialName.of(row.getString("name"));
                    rows.put(
                            name,
                            new Row(
                                    CredentialStatus.valueOf(row.getString("status")),
                                    Columns.instantOrNull(row, "next_rotation_at")));
                    if (row.getString("credential") != null) {
                        Version version = VersionQueries.version(row, 0);
                        versions.computeIfAbsent(name, first -> new HashMap<>())
                                .put(version.ref().version(), version);
                    }
                    String consumer = row.getString("consumer");
                    if (consumer != null) {
                        registered.put(new Question(name, consumer), row.getObject("released_version", Integer.class));
                    }
                });
        Map<Question, Standing> standings = new HashMap<>();
        questions.forEach(question -> {
            Row row = rows.get(question.credential());
            if (row != null) {
                List<Version> live = new ArrayList<>(
                        versions.getOrDefault(question.credential(), Map.of()).values());
                standings.put(
                        question,
                        new Standing(
                                row.status(),
                                live,
                                registered.containsKey(question),
                                registered.get(question),
                                row.next()));
            }
        });
        return standings;
    }

    private static List<String> padded(Stream<String> values) {
        Set<String> distinct = values.collect(Collectors.toCollection(LinkedHashSet::new));
        return Padded.list(distinct);
    }
}
