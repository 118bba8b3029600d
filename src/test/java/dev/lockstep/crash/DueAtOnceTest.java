package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.TargetLimits;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.ManyTargets;
import dev.lockstep.testing.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A thousand credentials on twenty targets that are due at the same moment, while one of the targets hangs. */
class DueAtOnceTest {

    private static final int TARGETS = 20;
    private static final int EACH = 50;

    /** When each target had its last rotation, in seconds from the first queued operation of all. */
    private static final String FINISHED = """
            SELECT o.target, max(extract(epoch FROM o.closed_at - first.at)) AS seconds
              FROM operation o, (SELECT min(queued_at) AS at FROM operation) AS first
             WHERE o.outcome = 'ROTATED'
             GROUP BY o.target
            """;

    private static final String TWICE =
            "SELECT count(*) FROM (SELECT credential FROM operation GROUP BY credential HAVING count(*) > 1) AS twice";

    @Test
    void limitsAreHeldAndNobodyStarvesAndTheOthersDoNotWaitForTheOneThatHangs() throws InterruptedException {
        try (ManyTargets house = new ManyTargets(PostgresServer.shared(), TARGETS, EACH, Map.of())) {
            house.proxy().mode(FaultyProxy.Mode.BLACK_HOLE);
            house.due(house.all());
            FaultStand.await("all are queued", Duration.ofSeconds(30), () -> house.left(house.all()) > EACH);
            FaultStand.await("the others", Duration.ofMinutes(4), () -> house.left(house.others()) == 0);

            List<Double> seconds = house.outside()
                    .sql(FINISHED)
                    .query((row, number) -> row.getDouble("seconds"))
                    .list();
            assertThat(seconds).hasSize(TARGETS - 1);
            assertThat(house.left(List.of(ManyTargets.BAD))).isEqualTo(EACH);

            house.proxy().mode(FaultyProxy.Mode.PASS);
            FaultStand.await("the one that hung", Duration.ofMinutes(3), () -> house.left(house.all()) == 0);

            assertThat(house.all())
                    .allSatisfy(target -> assertThat(house.busiest(target))
                            .as("at once at %s", target)
                            .isBetween(1, TargetLimits.DEFAULT.concurrency()));
            assertThat(house.outside().sql(TWICE).query(Integer.class).single()).isZero();
        }
    }
}
