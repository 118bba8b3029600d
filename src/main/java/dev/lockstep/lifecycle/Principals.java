package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.port.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The accounts of a credential at a target that makes and removes them. */
final class Principals {

    private Principals() {}

    /** The second one of a pair first: it stands on the first one. */
    static List<Account> lastFirst(Work work) {
        List<String> names = new ArrayList<>(work.credential().principals());
        Collections.reverse(names);
        return names.stream().map(work.credential()::account).toList();
    }

    static Target.Creates creating(Work work) {
        if (work.target() instanceof Target.Creates target) {
            return target;
        }
        throw new PermanentException(
                FailureCode.MISCONFIGURED,
                "Lockstep cannot make accounts at the target "
                        + work.credential().target());
    }

    /** For the audit trail. */
    static Map<String, String> facts(Work work) {
        return Map.of(
                "target", work.credential().target(),
                "principals", String.join(",", work.credential().principals()));
    }
}
