package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.Step;
import org.springframework.stereotype.Component;

/**
 * Makes the account of a new credential with the grants of the policy, unable to log in. The second one of a pair is
 * made when its turn comes.
 */
@Component
public class CreatePrincipal {

    private final Workbench workbench;
    private final FencedStep fenced;

    CreatePrincipal(Workbench workbench, FencedStep fenced) {
        this.workbench = workbench;
        this.fenced = fenced;
    }

    /** An account that was not made for this credential is never taken over. */
    public void run(long operationId) {
        Work work = workbench.of(operationId);
        Account account =
                work.credential().account(work.credential().principals().get(0));
        Grants grants = work.credential()
                .policy()
                .issuance()
                .map(Policy.Issuance::grants)
                .orElse(Grants.NONE);
        fenced.run(work, Step.CREATE, work.calls(1), Principals.facts(work), attempt -> {
            Principals.creating(work).create(account, grants);
            return account;
        });
    }
}
