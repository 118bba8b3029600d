package dev.lockstep.observe;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.Attempts;
import dev.lockstep.port.Operations;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts the cross-cutting care in front of every adapter and of the ledger, so that nobody has to ask for it and nobody
 * can forget it. Such beans are to be injected by their port, never by their class.
 */
final class ObservedPorts implements BeanPostProcessor {

    private final Supplier<AdapterCare> adapters;
    private final Supplier<LedgerCare> ledger;

    /** Both are asked for at the first use only: they do not exist yet when the first beans are made. */
    ObservedPorts(Supplier<AdapterCare> adapters, Supplier<LedgerCare> ledger) {
        this.adapters = adapters;
        this.ledger = ledger;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        Object observed = bean;
        if (observed instanceof TargetAdapter adapter) {
            observed = PortProxy.of(TargetAdapter.class, adapter, this::opened);
        }
        if (observed instanceof StoreAdapter adapter) {
            observed = PortProxy.of(StoreAdapter.class, adapter, this::opened);
        }
        if (observed instanceof Operations operations) {
            observed = PortProxy.of(Operations.class, operations, call -> closed(operations, call));
        }
        if (observed instanceof Attempts attempts) {
            observed = PortProxy.of(Attempts.class, attempts, this::failed);
        }
        return observed;
    }

    private @Nullable Object opened(Around.Call call) throws Throwable {
        Object result = call.proceed();
        if (call.name().equals("open") && call.arguments().get(0) instanceof Endpoint endpoint) {
            if (result instanceof Target target) {
                return adapters.get().of(target, endpoint);
            }
            if (result instanceof SecretStore store) {
                return adapters.get().of(store, endpoint);
            }
        }
        return result;
    }

    private @Nullable Object closed(Operations operations, Around.Call call) throws Throwable {
        return call.name().equals("close") ? ledger.get().closing(operations, call) : call.proceed();
    }

    private @Nullable Object failed(Around.Call call) throws Throwable {
        return call.name().equals("fail") ? ledger.get().failing(call) : call.proceed();
    }
}
