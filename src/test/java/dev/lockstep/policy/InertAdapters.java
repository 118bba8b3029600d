package dev.lockstep.policy;

import dev.lockstep.domain.Endpoint;
import dev.lockstep.port.SecretStore;
import dev.lockstep.port.StoreAdapter;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;

/** Adapters of the type {@code inert}. */
final class InertAdapters {

    private InertAdapters() {}

    static final class OfTargets implements TargetAdapter {

        @Override
        public String type() {
            return "inert";
        }

        @Override
        public Target open(Endpoint endpoint) {
            return new InertTarget();
        }
    }

    static final class OfStores implements StoreAdapter {

        @Override
        public String type() {
            return "inert";
        }

        @Override
        public SecretStore open(Endpoint endpoint) {
            return new InertStore();
        }
    }
}
