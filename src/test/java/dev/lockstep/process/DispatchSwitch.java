package dev.lockstep.process;

import dev.lockstep.port.Dispatch;
import dev.lockstep.port.IncidentQueue;
import dev.lockstep.port.ReadTimes;
import dev.lockstep.port.TargetGates;
import java.time.Clock;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** Starts and stops the dispatchers of an application at will; its own must be switched off. */
public final class DispatchSwitch {

    private DispatchSwitch() {}

    /** The shipped dispatchers with the shipped number of workers, not yet started. */
    public static SmartLifecycle dispatchers(ApplicationContext application) {
        return new Dispatchers(
                application.getBean(Dispatch.class),
                application.getBean(OperationRun.class),
                application.getBean(IncidentQueue.class),
                application.getBean(IncidentRun.class),
                application.getBean(TargetGates.class),
                application.getBean(ReadTimes.class),
                application.getBean(Clock.class),
                application.getBean(Wake.class));
    }
}
