package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Target;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Removes the accounts of a credential, whoever made them. There is no way back. At a target that cannot remove
 * accounts they stay switched off.
 */
@Component
public class RemovePrincipals {

    private final Workbench workbench;
    private final FencedStep fenced;

    RemovePrincipals(Workbench workbench, FencedStep fenced) {
        this.workbench = workbench;
        this.fenced = fenced;
    }

    /** An account that owns something is removed only when the policy names an heir. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        if (work.target() instanceof Target.Creates target) {
            Optional<String> heir = work.credential().policy().decommission().heir();
            List<Account> accounts = Principals.lastFirst(work);
            fenced.run(work, Step.REMOVE, work.calls(accounts.size()), Principals.facts(work), attempt -> {
                accounts.forEach(account -> target.remove(account, heir));
                return accounts;
            });
        }
    }
}
