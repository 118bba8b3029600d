package dev.lockstep.lifecycle;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Step;
import dev.lockstep.domain.Version;
import dev.lockstep.port.Target;
import dev.lockstep.port.Versions;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Proves that the accounts of a credential are gone and that none of its stored versions logs in. */
@Component
public class ProveRemoved {

    private final Workbench workbench;
    private final FencedStep fenced;
    private final Versions versions;

    ProveRemoved(Workbench workbench, FencedStep fenced, Versions versions) {
        this.workbench = workbench;
        this.fenced = fenced;
        this.versions = versions;
    }

    /** What must be gone. */
    public enum Gone {
        /** The accounts, whoever made them; at a target that cannot remove any it is enough that nothing logs in. */
        ALL,
        /** The accounts that were made for the credential; somebody else's of the same name may be there. */
        MADE
    }

    /** Changes nothing. */
    public void run(long operationId, Gone gone) {
        Work work = workbench.of(operationId);
        List<Account> accounts = Principals.lastFirst(work);
        List<Version> stored = versions.unerased(work.credential().name());
        int calls = accounts.size() + stored.size();
        fenced.run(work, Step.PROVE_REMOVED, work.calls(calls), Principals.facts(work), attempt -> {
            accounts.forEach(account -> proveGone(work, account, gone));
            stored.forEach(version -> proveDead(work, version));
            return stored;
        });
    }

    private static void proveGone(Work work, Account account, Gone gone) {
        if (work.target() instanceof Target.Creates target) {
            Target.Presence presence = target.presence(account);
            boolean left = presence == Target.Presence.MADE || (gone == Gone.ALL && presence != Target.Presence.ABSENT);
            if (left) {
                throw new RetryableException(
                        FailureCode.STILL_ALIVE,
                        "the account " + account.principal() + " still exists at target "
                                + work.credential().target());
            }
        }
    }

    private static void proveDead(Work work, Version version) {
        Optional<SecretValue> stored = work.store().read(version.ref());
        if (stored.isEmpty()) {
            return;
        }
        try (SecretValue value = stored.get()) {
            if (work.target().verifyDead(work.account(version), value) != LoginResult.REFUSED) {
                throw new RetryableException(
                        FailureCode.STILL_ALIVE,
                        version.ref() + " still logs in as " + version.principal() + " at target "
                                + work.credential().target());
            }
        }
    }
}
