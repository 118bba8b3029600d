package dev.lockstep.observe;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A target that fails as told. */
class FakeTarget implements Target {

    /** What to throw for a secret; null when all is well. */
    Function<SecretValue, @Nullable Throwable> failure = secret -> null;

    Health health = new Health(true, "fine");
    Duration timeout = Duration.ofSeconds(5);

    private void call(SecretValue secret) {
        Throwable thrown = failure.apply(secret);
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void apply(Account account, SecretValue secret) {
        call(secret);
    }

    @Override
    public LoginResult verify(Account account, SecretValue secret) {
        call(secret);
        return LoginResult.REFUSED;
    }

    @Override
    public void restore(Account account, SecretValue previous) {
        call(previous);
    }

    @Override
    public void retire(Account account) {
        call(SecretValue.of("none"));
    }

    @Override
    public LoginResult verifyDead(Account account, SecretValue retired) {
        call(retired);
        return LoginResult.REFUSED;
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    /** One that can also switch accounts off. */
    static class Disabling extends FakeTarget implements Target.Disables {

        String disabled = "";

        @Override
        public void disable(Account account) {
            disabled = account.principal();
        }

        @Override
        public void enable(Account account) {
            disabled = "";
        }
    }
}
