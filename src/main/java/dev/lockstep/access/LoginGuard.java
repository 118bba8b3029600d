package dev.lockstep.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.transaction.support.TransactionTemplate;

/** Stands before the check of passwords: keeps the rate of failures, and tells metrics and audit trail of it. */
final class LoginGuard {

    private final LoginRate rate;
    private final LoginRecord logins;
    private final TransactionTemplate transaction;
    private final Counter limited;

    LoginGuard(LoginRate rate, LoginRecord logins, TransactionTemplate transaction, MeterRegistry registry) {
        this.rate = rate;
        this.logins = logins;
        this.transaction = transaction;
        this.limited = Counter.builder("lockstep.logins.limited")
                .description("Logins that were not looked at, because too many from their address had failed")
                .register(registry);
    }

    /** @throws TooManyLogins when it is not to be looked at */
    void check(String address, String user) {
        try {
            rate.check(address, user);
        } catch (TooManyLogins refused) {
            limited.increment();
            throw refused;
        }
    }

    /** The refusal stands; that the address has to wait from now on is written down once. */
    void failed(String address) {
        rate.failed(address)
                .ifPresent(until -> transaction.executeWithoutResult(status -> logins.limited(address, until)));
    }

    void succeeded(String address, String user) {
        rate.succeeded(address, user);
    }
}
