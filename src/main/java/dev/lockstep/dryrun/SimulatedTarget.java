package dev.lockstep.dryrun;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A target in memory: each principal accepts one secret. */
final class SimulatedTarget implements Target, Target.Creates, Target.Disables {

    private final Sabotage sabotage;
    private final Map<String, Presence> accounts = new HashMap<>();
    private final Map<String, SecretValue> accepted = new HashMap<>();
    private final Set<String> disabled = new HashSet<>();

    SimulatedTarget(Sabotage sabotage) {
        this.sabotage = sabotage;
    }

    /** The secret with which a principal logs in; null when it cannot. */
    @Nullable
    SecretValue accepted(String principal) {
        return disabled.contains(principal) ? null : accepted.get(principal);
    }

    boolean has(String principal) {
        return accounts.containsKey(principal);
    }

    boolean isDisabled(String principal) {
        return disabled.contains(principal);
    }

    /** The account was there before Lockstep. */
    void given(String principal, SecretValue secret) {
        accounts.put(principal, Presence.FOREIGN);
        accepted.put(principal, secret);
    }

    private void call() {
        sabotage.call(FailureCode.TARGET_UNREACHABLE, FailureCode.TARGET_PERMISSION_DENIED);
    }

    private static SecretValue copy(SecretValue secret) {
        return secret.expose(SecretValue::of);
    }

    @Override
    public void apply(Account account, SecretValue secret) {
        call();
        if (account.twin().isPresent()) {
            accounts.putIfAbsent(account.principal(), Presence.MADE);
        } else if (!has(account.principal())) {
            throw new PermanentException(
                    FailureCode.PRINCIPAL_MISSING, "the simulated target has no account " + account.principal());
        }
        accepted.put(account.principal(), copy(secret));
        disabled.remove(account.principal());
    }

    @Override
    public LoginResult verify(Account account, SecretValue secret) {
        call();
        return answer(account, secret);
    }

    @Override
    public void restore(Account account, SecretValue previous) {
        call();
        accepted.put(account.principal(), copy(previous));
        disabled.remove(account.principal());
    }

    @Override
    public void retire(Account account) {
        call();
        accepted.remove(account.principal());
    }

    @Override
    public LoginResult verifyDead(Account account, SecretValue retired) {
        call();
        return answer(account, retired);
    }

    private LoginResult answer(Account account, SecretValue secret) {
        return secret.equals(accepted(account.principal())) ? LoginResult.ACCEPTED : LoginResult.REFUSED;
    }

    @Override
    public void disable(Account account) {
        call();
        disabled.add(account.principal());
    }

    @Override
    public void enable(Account account) {
        call();
        disabled.remove(account.principal());
    }

    @Override
    public List<String> objections(Account account, Grants grants) {
        return List.of();
    }

    @Override
    public Presence presence(Account account) {
        call();
        return accounts.getOrDefault(account.principal(), Presence.ABSENT);
    }

    @Override
    public void create(Account account, Grants grants) {
        call();
        if (accounts.putIfAbsent(account.principal(), Presence.MADE) == Presence.FOREIGN) {
            throw new PermanentException(
                    FailureCode.PRINCIPAL_EXISTS,
                    "the simulated target has an account " + account.principal() + " that was there before");
        }
    }

    @Override
    public void remove(Account account, Optional<String> heir) {
        call();
        accounts.remove(account.principal());
        accepted.remove(account.principal());
        disabled.remove(account.principal());
    }

    @Override
    public Health health() {
        return new Health(true, "simulated");
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }
}
