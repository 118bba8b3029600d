package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Step;
import dev.lockstep.port.Target;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Undoes {@link CreatePrincipal}. What was promoted is withdrawn first, in whichever order the handlers are called, so
 * that nobody reads a secret whose account is gone.
 */
@Component
public class RemoveCreated {

    private final WithdrawIssued later;
    private final Workbench workbench;
    private final FencedStep fenced;
    private final UndoneSteps undone;

    RemoveCreated(WithdrawIssued later, Workbench workbench, FencedStep fenced, UndoneSteps undone) {
        this.later = later;
        this.workbench = workbench;
        this.fenced = fenced;
        this.undone = undone;
    }

    /** Removes only what was made for this credential; an account of somebody else is left alone. */
    public void run(long operationId) {
        later.run(operationId);
        Work work = workbench.of(operationId);
        if (!undone.begun(work.operation(), Step.CREATE) || undone.by(work.operation(), Step.REMOVE)) {
            return;
        }
        List<Account> accounts = Principals.lastFirst(work);
        fenced.run(work, Step.REMOVE, work.calls(2 * accounts.size()), Principals.facts(work), attempt -> {
            Target.Creates target = Principals.creating(work);
            accounts.stream()
                    .filter(account -> target.presence(account) == Target.Presence.MADE)
                    .forEach(account -> target.remove(account, Optional.empty()));
            return accounts;
        });
    }
}
