package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.port.Target;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells a human which accounts of a credential there are now. Never fails itself. */
@Component
public class DescribeAccounts {

    private final Workbench workbench;

    DescribeAccounts(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Asks the target once for each account; an answer that cannot be had is a fact as well. */
    public String run(long operationId) {
        Work work = workbench.of(operationId);
        return Principals.lastFirst(work).stream()
                .map(account -> describe(work, account))
                .collect(Collectors.joining("; "));
    }

    private static String describe(Work work, Account account) {
        String who = "account " + account.principal() + " ";
        if (!(work.target() instanceof Target.Creates target)) {
            return who + "can neither be made nor removed by Lockstep";
        }
        try {
            return who
                    + switch (target.presence(account)) {
                        case ABSENT -> "does not exist";
                        case MADE -> "exists and was made for this credential";
                        case FOREIGN -> "exists and was not made by Lockstep for this credential";
                    };
        } catch (LockstepException failure) {
            return who + "could not be looked for: " + failure.getMessage();
        }
    }
}
