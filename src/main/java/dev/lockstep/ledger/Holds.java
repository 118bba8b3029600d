package dev.lockstep.ledger;

/**
 * What holds a queued rotation back. Both tables are small and are asked by their keys, so that a rotation that has
 * nobody to mind costs two vain looks.
 *
 * <p>Nobody waits for ever: of those that are kept apart the oldest goes first, and who waits for others waits for one
 * rotation of each. Nobody waits in a circle: who waits for others does not hold up those of its own group.
 */
final class Holds {

    private static final String PREDECESSORS = """
            credential_after a
              JOIN credential p ON p.name = a.predecessor
            """;

    /** Those that are due or under way and were not rotated since the operation was queued. */
    private static final String GO_FIRST = """
            a.credential = %1$s.credential
               AND p.status = 'ACTIVE'
               AND (p.last_rotated_at IS NULL OR p.last_rotated_at < %1$s.queued_at)
               AND (p.next_rotation_at <= :now
                    OR EXISTS (SELECT 1
                                 FROM operation w
                                WHERE w.active_credential = p.name
                                  AND w.process = 'rotation'))
            """;

    private static final String OTHERS = """
            credential_apart mine
              JOIN credential_apart other
                ON other.apart_group = mine.apart_group AND other.credential <> mine.credential
              JOIN credential p ON p.name = other.credential
              LEFT JOIN operation q ON q.active_credential = other.credential AND q.process = 'rotation'
            """;

    /** Those that were rotated lately, are under way, or have waited longer and could begin. */
    private static final String KEEP_OFF = """
            mine.credential = o.credential
               AND (p.last_rotated_at + mine.seconds * INTERVAL '1' SECOND > :now
                    OR q.status IN ('CLAIMED', 'RUNNING', 'QUARANTINED')
                    OR (q.status = 'QUEUED' AND q.claim_token > q.parked)
                    OR (q.status = 'QUEUED'
                        AND q.not_before <= :now
                        AND q.priority >= o.priority
                        AND (q.queued_at < o.queued_at OR (q.queued_at = o.queued_at AND q.id < o.id))
                        AND NOT EXISTS (SELECT 1 FROM %s WHERE %s)))
            """.formatted(PREDECESSORS, GO_FIRST.formatted("q"));

    /** Emergencies, and what has begun already, are not held back. */
    private static final String BEGINS = """
            o.status = 'QUEUED'
               AND o.process = 'rotation'
               AND o.priority < :emergency
               AND o.claim_token = o.parked
            """;

    /** For the condition of a query of operations {@code o}; needs the parameters now and emergency. */
    static final String FREE = """
             AND (NOT (%s)
                  OR (NOT EXISTS (SELECT 1 FROM %s WHERE %s)
                      AND NOT EXISTS (SELECT 1 FROM %s WHERE %s)))
            """.formatted(BEGINS, OTHERS, KEEP_OFF, PREDECESSORS, GO_FIRST.formatted("o"));

    /** The names of those that hold the operation :id back. */
    static final String HOLDING = """
            SELECT p.name FROM operation o CROSS JOIN %2$s WHERE o.id = :id AND %1$s AND %3$s
             UNION
            SELECT p.name FROM operation o CROSS JOIN %4$s WHERE o.id = :id AND %1$s AND %5$s
             ORDER BY name
            """.formatted(BEGINS, OTHERS, KEEP_OFF, PREDECESSORS, GO_FIRST.formatted("o"));

    /** The groups of operations that are about to begin. */
    static final String GROUPS = """
            SELECT o.id, m.apart_group
              FROM operation o
              JOIN credential_apart m ON m.credential = o.credential
             WHERE o.id IN (:ids)
               AND %s
            """.formatted(BEGINS);

    static final String LOCK_GROUPS = "SELECT name FROM apart_group WHERE name IN (:groups) ORDER BY name FOR UPDATE";

    /** Those that may begin now that their groups are locked. */
    static final String STILL_FREE = "SELECT o.id FROM operation o WHERE o.id IN (:ids)" + FREE;

    private Holds() {}
}
