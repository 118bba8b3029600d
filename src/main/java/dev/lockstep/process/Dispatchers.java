package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The dispatchers of this node: one for everything, and two with workers of their own that begin incidents and serve
 * emergencies only, so that nothing queues before them.
 */
@Component
@ConditionalOnProperty(name = "lockstep.dispatch", havingValue = "true", matchIfMissing = true)
class Dispatchers implements SmartLifecycle {

    /** Workers for everything. */
    static final int WORKERS = 8;

    /** Workers for emergencies only. */
    static final int EMERGENCY_WORKERS = 6;

    /** Workers that do nothing but begin incidents. */
    static final int INCIDENT_WORKERS = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Dispatcher> all;
    private volatile boolean running;

    Dispatchers(
            Dispatch dispatch,
            OperationRun run,
            IncidentQueue incidents,
            IncidentRun begin,
            TargetGates gates,
            Clock clock,
            Wake wake) {
        Runnable nobody = () -> {};
        Dispatcher incident =
                new Dispatcher("incident", INCIDENT_WORKERS, new IncidentSource(incidents, begin, clock), nobody);
        Dispatcher any = new Dispatcher(
                "operations", WORKERS, new OperationSource(Integer.MIN_VALUE, dispatch, run, gates, clock), nobody);
        Dispatcher emergency = new Dispatcher(
                "emergency",
                EMERGENCY_WORKERS,
                new OperationSource(Operation.EMERGENCY, dispatch, run, gates, clock),
                any::wake);
        this.all = List.of(incident, emergency, any);
        wake.register(Wake.Work.INCIDENT, incident::wake);
        wake.register(Wake.Work.EMERGENCY, emergency::wake);
        wake.register(Wake.Work.OPERATION, emergency::wake);
        wake.register(Wake.Work.OPERATION, any::wake);
    }

    @Override
    public void start() {
        all.forEach(Dispatcher::start);
        running = true;
    }

    @Override
    public void stop() {
        all.forEach(dispatcher -> dispatcher.stop(PATIENCE));
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
