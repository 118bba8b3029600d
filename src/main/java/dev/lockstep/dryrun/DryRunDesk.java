package dev.lockstep.dryrun;

import dev.lockstep.domain.Conflict;
import dev.lockstep.port.DryRuns;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.stereotype.Component;

/** Lets a few dry runs happen at a time, each in a world of its own. */
@Component
class DryRunDesk implements DryRuns {

    private static final int MOST = 2;

    private final Semaphore places = new Semaphore(MOST);
    private final Clock clock;
    private final String modelsDir;
    private final List<TypeExcludeFilter> exclude;

    DryRunDesk(
            Clock clock,
            @Value("${lockstep.models-dir:.}") String modelsDir,
            ObjectProvider<TypeExcludeFilter> exclude) {
        this.exclude = exclude.stream().toList();
        this.clock = clock;
        this.modelsDir = modelsDir;
    }

    @Override
    public Report run(Plan plan) {
        if (!places.tryAcquire()) {
            throw new Conflict(MOST + " dry runs are under way; try again in a moment");
        }
        try (World world = new World(plan, clock, modelsDir, exclude)) {
            return world.run();
        } finally {
            places.release();
        }
    }
}
