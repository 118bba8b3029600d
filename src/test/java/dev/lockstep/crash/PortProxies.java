package dev.lockstep.crash;

import dev.lockstep.port.Attempts;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Breakers;
import dev.lockstep.port.Checks;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Definitions;
import dev.lockstep.port.Dispatch;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.port.Quarantine;
import dev.lockstep.port.Versions;
import java.util.List;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts the numbering in front of the ledger's ports and the audit trail. */
final class PortProxies implements BeanPostProcessor {

    private static final List<Class<?>> PORTS = List.of(
            Versions.class,
            Attempts.class,
            Operations.class,
            Dispatch.class,
            Inventory.class,
            Consumers.class,
            Incidents.class,
            Definitions.class,
            Quarantine.class,
            Checks.class,
            Breakers.class,
            Drills.class,
            AuditTrail.class);

    private final Crossings crossings;

    PortProxies(Crossings crossings) {
        this.crossings = crossings;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return PORTS.stream()
                .filter(port -> port.isInstance(bean))
                .findFirst()
                .map(port -> wrapped(port, bean))
                .orElse(bean);
    }

    private <T> Object wrapped(Class<T> port, Object bean) {
        return crossings.around(port, port.cast(bean));
    }
}
