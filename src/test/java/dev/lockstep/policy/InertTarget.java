package dev.lockstep.policy;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import java.time.Duration;

/** A target that is only there to be looked up. */
final class InertTarget implements Target {

    @Override
    public void apply(Account account, SecretValue secret) {}

    @Override
    public LoginResult verify(Account account, SecretValue secret) {
        return LoginResult.REFUSED;
    }

    @Override
    public void restore(Account account, SecretValue previous) {}

    @Override
    public void retire(Account account) {}

    @Override
    public LoginResult verifyDead(Account account, SecretValue retired) {
        return LoginResult.REFUSED;
    }

    @Override
    public Health health() {
        return new Health(true, "inert");
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }
}
