package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Target;
import java.util.List;
import org.springframework.stereotype.Component;

/** Switches the accounts of a credential off, without losing anything: they can be switched on again. */
@Component
public class DisablePrincipals {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Inventory inventory;

    DisablePrincipals(Workbench workbench, FencedStep fenced, Inventory inventory) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.inventory = inventory;
    }

    /** Every version stays in the store. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        List<Account> accounts = Principals.lastFirst(work);
        fenced.run(work, Step.DISABLE, work.calls(accounts.size()), Principals.facts(work), attempt -> {
            accounts.forEach(account -> switchOff(work, account));
            return accounts;
        });
        inventory.mark(work.credential().name(), CredentialStatus.DISABLED);
    }

    private static void switchOff(Work work, Account account) {
        if (work.target() instanceof Target.Disables target) {
            target.disable(account);
        } else {
            work.target().retire(account);
        }
    }
}
