package dev.lockstep.process.engine.people;

import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.SmartLifecycle;

/** Refuses to start, before the web server listens, while nobody administers the engine. */
final class AdministratorCheck implements SmartLifecycle {

    private final IdentityService identities;
    private volatile boolean running;

    AdministratorCheck(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public void start() {
        if (identities.createUserQuery().memberOfGroup(EngineGroups.ADMIN).count() == 0) {
            throw new NoAdministrator();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First of all: nothing works yet. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
