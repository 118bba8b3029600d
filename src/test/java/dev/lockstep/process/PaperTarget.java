package dev.lockstep.process;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Principal;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A target in memory that does what it is told: accepts secrets per principal, and fails on demand. */
final class PaperTarget implements Target, Target.Disables, Target.Creates, Target.Discovers {

    private final Map<String, SecretValue> accepted = new HashMap<>();
    private final Map<String, Boolean> disabled = new HashMap<>();
    private final Map<String, Presence> accounts = new HashMap<>();
    private final Map<String, Grants> granted = new HashMap<>();
    private final Set<String> owners = new HashSet<>();
    private final List<String> heirs = new ArrayList<>();
    private List<String> objections = List.of();
    private final Map<String, Deque<Supplier<Throwable>>> failures = new HashMap<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private LoginResult whenAccepted = LoginResult.ACCEPTED;
    private boolean immortal;
    private int refusals;
    private boolean up = true;
    private List<Principal> principals = List.of();

    synchronized void reset() {
        accepted.clear();
        disabled.clear();
        accounts.clear();
        granted.clear();
        owners.clear();
        heirs.clear();
        objections = List.of();
        failures.clear();
        calls.clear();
        whenAccepted = LoginResult.ACCEPTED;
        immortal = false;
        refusals = 0;
        up = true;
        principals = List.of();
    }

    /** The next {@code times} calls of a method throw. */
    synchronized void fail(String method, int times, Supplier<Throwable> failure) {
        for (int i = 0; i < times; i++) {
            failures.computeIfAbsent(method, name -> new ArrayDeque<>()).add(failure);
        }
    }

    synchronized void works() {
        failures.clear();
    }

    synchronized void probeAnswers(LoginResult answer) {
        whenAccepted = answer;
    }

    /** The next {@code times} logins are refused, because it takes time to make a new secret work. */
    synchronized void takesTime(int times) {
        refusals = times;
    }

    /** Old secrets log in for ever. */
    synchronized void immortal(boolean value) {
        immortal = value;
    }

    /** Whether it says that it can be used. */
    synchronized void health(boolean value) {
        up = value;
    }

    /** The accounts that it tells of. */
    synchronized void has(List<Principal> accounts) {
        principals = accounts;
    }

    @Override
    public synchronized List<Principal> principals() {
        return principals;
    }

    synchronized int calls(String method) {
        return calls.getOrDefault(method, 0);
    }

    synchronized @Nullable SecretValue accepted(String principal) {
        return Boolean.TRUE.equals(disabled.get(principal)) ? null : accepted.get(principal);
    }

    synchronized void set(String principal, String secret) {
        accepted.put(principal, SecretValue.of(secret));
        accounts.put(principal, Presence.FOREIGN);
    }

    /** The account owns something that would be lost with it. */
    synchronized void owns(String principal) {
        owners.add(principal);
    }

    synchronized void objects(String... sentences) {
        objections = List.of(sentences);
    }

    /** Who got what removed accounts owned. */
    synchronized List<String> heirs() {
        return List.copyOf(heirs);
    }

    synchronized @Nullable Grants granted(String principal) {
        return granted.get(principal);
    }

    synchronized boolean isDisabled(String principal) {
        return disabled.containsKey(principal);
    }

    private void call(String method) {
        calls.merge(method, 1, Integer::sum);
        Deque<Supplier<Throwable>> planned = failures.get(method);
        if (planned != null && !planned.isEmpty()) {
            Throwable failure = planned.poll().get();
            if (failure instanceof LockstepException known) {
                throw known;
            }
            if (failure instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failure);
        }
    }

    private static SecretValue copy(SecretValue secret) {
        return secret.expose(SecretValue::of);
    }

    @Override
    public synchronized void apply(Account account, SecretValue secret) {
        call("apply");
        accepted.put(account.principal(), copy(secret));
        disabled.remove(account.principal());
    }

    @Override
    public synchronized LoginResult verify(Account account, SecretValue secret) {
        call("verify");
        if (refusals > 0) {
            refusals--;
            return LoginResult.REFUSED;
        }
        return secret.equals(accepted(account.principal())) ? whenAccepted : LoginResult.REFUSED;
    }

    @Override
    public synchronized void restore(Account account, SecretValue previous) {
        call("restore");
        accepted.put(account.principal(), copy(previous));
        disabled.remove(account.principal());
    }

    @Override
    public synchronized void retire(Account account) {
        call("retire");
        accepted.remove(account.principal());
    }

    @Override
    public synchronized LoginResult verifyDead(Account account, SecretValue retired) {
        call("verifyDead");
        boolean alive = immortal || retired.equals(accepted(account.principal()));
        return alive ? LoginResult.ACCEPTED : LoginResult.REFUSED;
    }

    @Override
    public synchronized Health health() {
        return new Health(up, "on paper");
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public synchronized void disable(Account account) {
        call("disable");
        disabled.put(account.principal(), true);
    }

    @Override
    public synchronized void enable(Account account) {
        call("enable");
        disabled.remove(account.principal());
    }

    @Override
    public synchronized List<String> objections(Account account, Grants grants) {
        return objections;
    }

    @Override
    public synchronized Presence presence(Account account) {
        call("presence");
        return accounts.getOrDefault(account.principal(), Presence.ABSENT);
    }

    @Override
    public synchronized void create(Account account, Grants grants) {
        call("create");
        if (accounts.get(account.principal()) == Presence.FOREIGN) {
            throw new PermanentException(FailureCode.PRINCIPAL_EXISTS, account.principal() + " is somebody else's");
        }
        accounts.put(account.principal(), Presence.MADE);
        granted.put(account.principal(), grants);
    }

    @Override
    public synchronized void remove(Account account, Optional<String> heir) {
        call("remove");
        if (owners.contains(account.principal())) {
            heirs.add(heir.orElseThrow(() -> new PermanentException(
                    FailureCode.PRINCIPAL_OWNS_OBJECTS, account.principal() + " owns one table")));
        }
        accounts.remove(account.principal());
        accepted.remove(account.principal());
        granted.remove(account.principal());
    }
}
