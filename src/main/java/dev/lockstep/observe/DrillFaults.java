package dev.lockstep.observe;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.port.Catalog;
import dev.lockstep.port.Drills;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls about a sandbox credential fail as its drill says. Outermost of all care: neither the gate of the target
 * nor its metrics learn of a fault that no other credential has, and nobody outside is asked.
 */
final class DrillFaults {

    private final Supplier<Catalog> catalog;
    private final Supplier<Drills> drills;
    private final long diesFor;

    /** @param diesFor the drill for which this process is to die; 0 for none */
    DrillFaults(Supplier<Catalog> catalog, Supplier<Drills> drills, long diesFor) {
        this.catalog = catalog;
        this.drills = drills;
        this.diesFor = diesFor;
    }

    Around aroundTarget() {
        return call -> {
            Optional<Drill> drill = drill(call);
            if (drill.isPresent()) {
                switch (drill.get().scenario()) {
                    case DEAD_TARGET ->
                        throw failure(drill.get(), FailureCode.TARGET_UNREACHABLE, "the target does not answer");
                    case REFUSED_PASSWORD -> refuse(drill.get(), call);
                    case LOST_NODE -> die(drill.get(), call);
                    case LEAK, DEAD_STORE -> {}
                }
            }
            return call.proceed();
        };
    }

    Around aroundStore() {
        return call -> {
            Optional<Drill> drill = drill(call).filter(running -> running.scenario() == Drill.Scenario.DEAD_STORE);
            if (drill.isPresent()) {
                throw failure(drill.get(), FailureCode.STORE_UNAVAILABLE, "the store does not answer");
            }
            return call.proceed();
        };
    }

    private static void refuse(Drill drill, Around.Call call) {
        if (applies(call)) {
            throw failure(drill, FailureCode.SECRET_REFUSED, "the target does not accept such a secret");
        }
    }

    /** After the effect and before anybody knows of it: the hardest place to go on from. */
    private void die(Drill drill, Around.Call call) throws Throwable {
        if (applies(call) && drill.id() == diesFor) {
            call.proceed();
            drills.get().dies(drill.id());
            Runtime.getRuntime().halt(Drill.DEATH);
        }
    }

    private static boolean applies(Around.Call call) {
        return call.name().equals("apply");
    }

    private static RetryableException failure(Drill drill, FailureCode code, String what) {
        return new RetryableException(code, what + " (rehearsed in " + drill.label() + ")");
    }

    /** The ledger is asked about sandboxes only. */
    private Optional<Drill> drill(Around.Call call) {
        return call.arguments().stream()
                .flatMap(argument -> credential(argument).stream())
                .findFirst()
                .filter(this::isSandbox)
                .flatMap(name -> drills.get().faulty(name));
    }

    private static Optional<CredentialName> credential(@Nullable Object argument) {
        if (argument instanceof Account account) {
            return Optional.of(account.credential());
        }
        if (argument instanceof SecretRef ref) {
            return Optional.of(ref.credential());
        }
        return argument instanceof CredentialName name ? Optional.of(name) : Optional.empty();
    }

    private boolean isSandbox(CredentialName name) {
        return catalog.get()
                .credential(name)
                .filter((Credential known) -> Drill.allows(known))
                .isPresent();
    }
}
