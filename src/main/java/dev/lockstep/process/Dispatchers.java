package dev.lockstep.process;

import dev.lockstep.domain.Operation;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.ReadTimes;
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

    /** Take the place of those that are held up, by a target that hangs most likely. */
    static final int STAND_INS = 4;

    /** Workers for emergencies only. */
    static final int EMERGENCY_WORKERS = 6;

    /** Take the place of those among them that are held up. */
    static final int EMERGENCY_STAND_INS = 3;

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
            ReadTimes reads,
            Clock clock,
            Wake wake) {
        Runnable nobody = () -> {};
        FairShares shares = new FairShares(gates, new GivingWay(reads, WORKERS, System::nanoTime));
        Dispatcher incident = new Dispatcher(
                "incident",
                new Crew(INCIDENT_WORKERS, 0, System::nanoTime),
                new IncidentSource(incidents, begin, clock),
                nobody);
        Dispatcher any = new Dispatcher(
                "operations",
                new Crew(WORKERS, STAND_INS, System::nanoTime),
                new OperationSource(Integer.MIN_VALUE, dispatch, shares, run::run, clock, System::nanoTime),
                nobody);
        Dispatcher emergency = new Dispatcher(
                "emergency",
                new Crew(EMERGENCY_WORKERS, EMERGENCY_STAND_INS, System::nanoTime),
                new OperationSource(Operation.EMERGENCY, dispatch, shares, run::run, clock, System::nanoTime),
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
