package dev.lockstep.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.domain.Account;
import dev.lockstep.domain.Endpoint;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Grants;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.LoginResult;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.FaultyProxy;
import dev.lockstep.testing.FaultyProxy.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Target} must do, on the real system. An adapter's test extends this class and says how to reach the
 * system and how to make accounts there, without using the adapter.
 */
public abstract class TargetContract {

    private static final String SLOW_TO_GUESS = "canary-";

    /** The adapter under test. */
    protected abstract TargetAdapter adapter();

    /** Where the real system listens. */
    protected abstract InetSocketAddress server();

    /** Settings that lead to the system through {@code address}, with time-outs of about a second. */
    protected abstract Endpoint endpoint(InetSocketAddress address);

    /** The same settings with a wrong password of the administrator. */
    protected abstract Endpoint withWrongAdminPassword(Endpoint endpoint);

    /** A fresh account at the system that accepts {@code initial}, with no twin. */
    protected abstract Account newAccount(SecretValue initial);

    /** An account that the system does not know and that has no twin. */
    protected abstract Account missingAccount();

    /** An account that does not exist yet and is the second one of a pair with {@code first}. */
    protected abstract Account twinOf(Account first);

    /** The same account with a permission probe that fails. */
    protected abstract Account withFailingProbe(Account account);

    /** Whether the secret logs in, found out without the adapter. */
    protected abstract boolean logsIn(Account account, SecretValue secret);

    /** The target at the real system. */
    protected final Target target() {
        return adapter().open(endpoint(server()));
    }

    /** A secret that no other test uses and that can be searched for. */
    protected static SecretValue secret() {
        return SecretValue.of(SLOW_TO_GUESS + UUID.randomUUID());
    }

    @Test
    void a_wrong_secret_is_refused_and_the_right_one_accepted() {
        SecretValue initial = secret();
        Account account = newAccount(initial);

        assertThat(logsIn(account, secret())).as("the system checks secrets").isFalse();
        assertThat(logsIn(account, initial)).isTrue();
        assertThat(target().verify(account, secret())).isEqualTo(LoginResult.REFUSED);
        assertThat(target().verify(account, initial)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void after_apply_the_new_secret_logs_in_and_the_old_one_is_dead() {
        SecretValue old = secret();
        SecretValue fresh = secret();
        Account account = newAccount(old);

        target().apply(account, fresh);

        assertThat(target().verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target().verifyDead(account, old)).isEqualTo(LoginResult.REFUSED);
        assertThat(logsIn(account, fresh)).isTrue();
        assertThat(logsIn(account, old)).isFalse();
    }

    @Test
    void apply_may_be_repeated() {
        SecretValue fresh = secret();
        Account account = newAccount(secret());

        target().apply(account, fresh);
        target().apply(account, fresh);

        assertThat(target().verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void restore_brings_the_previous_secret_back_and_may_be_repeated() {
        SecretValue previous = secret();
        SecretValue fresh = secret();
        Account account = newAccount(previous);
        target().apply(account, fresh);

        target().restore(account, previous);
        target().restore(account, previous);

        assertThat(target().verify(account, previous)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target().verifyDead(account, fresh)).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void a_retired_account_accepts_nothing_and_may_be_retired_again() {
        SecretValue initial = secret();
        Account account = newAccount(initial);

        target().retire(account);
        target().retire(account);

        assertThat(target().verifyDead(account, initial)).isEqualTo(LoginResult.REFUSED);
        assertThat(logsIn(account, initial)).isFalse();
    }

    @Test
    void restore_undoes_retire() {
        SecretValue initial = secret();
        Account account = newAccount(initial);
        target().retire(account);

        target().restore(account, initial);

        assertThat(target().verify(account, initial)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void apply_brings_a_retired_account_back() {
        SecretValue fresh = secret();
        Account account = newAccount(secret());
        target().retire(account);

        target().apply(account, fresh);

        assertThat(target().verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_live_secret_is_not_called_dead_and_asking_changes_nothing() {
        SecretValue initial = secret();
        Account account = newAccount(initial);

        assertThat(target().verifyDead(account, initial)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target().verifyDead(account, secret())).isEqualTo(LoginResult.REFUSED);
        assertThat(logsIn(account, initial)).isTrue();
    }

    @Test
    void a_failing_permission_probe_is_told_apart_from_a_refused_login() {
        SecretValue initial = secret();
        Account account = withFailingProbe(newAccount(initial));

        assertThat(target().verify(account, initial)).isEqualTo(LoginResult.PROBE_FAILED);
        assertThat(target().verify(account, secret())).isEqualTo(LoginResult.REFUSED);
        assertThat(target().verifyDead(account, initial)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void the_second_account_of_a_pair_is_created_and_takes_over() {
        SecretValue firstSecret = secret();
        SecretValue secondSecret = secret();
        Account first = newAccount(firstSecret);
        Account second = twinOf(first);

        target().apply(second, secondSecret);
        target().apply(second, secondSecret);

        assertThat(target().verify(second, secondSecret)).isEqualTo(LoginResult.ACCEPTED);
        assertThat(target().verify(first, firstSecret)).isEqualTo(LoginResult.ACCEPTED);
        target().retire(first);
        assertThat(target().verifyDead(first, firstSecret)).isEqualTo(LoginResult.REFUSED);
        assertThat(target().verify(second, secondSecret)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_disabled_account_refuses_its_secret_until_it_is_enabled() {
        assumeTrue(target() instanceof Target.Disables, "cannot switch accounts off");
        Target.Disables switching = (Target.Disables) target();
        SecretValue initial = secret();
        Account account = newAccount(initial);

        switching.disable(account);
        switching.disable(account);
        assertThat(target().verifyDead(account, initial)).isEqualTo(LoginResult.REFUSED);
        assertThat(logsIn(account, initial)).isFalse();

        switching.enable(account);
        switching.enable(account);
        assertThat(target().verify(account, initial)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_made_account_logs_in_only_after_apply_and_is_known_as_made_for_its_credential() {
        Target.Creates making = making();
        SecretValue secret = secret();
        Account account = missingAccount();
        assertThat(making.presence(account)).isEqualTo(Target.Presence.ABSENT);

        making.create(account, Grants.NONE);
        assertThat(making.presence(account)).isEqualTo(Target.Presence.MADE);
        assertThat(target().verifyDead(account, secret)).isEqualTo(LoginResult.REFUSED);

        target().apply(account, secret);
        assertThat(target().verify(account, secret)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void making_an_account_again_keeps_its_secret() {
        Target.Creates making = making();
        SecretValue secret = secret();
        Account account = missingAccount();
        making.create(account, Grants.NONE);
        target().apply(account, secret);

        making.create(account, Grants.NONE);

        assertThat(target().verify(account, secret)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void an_account_of_somebody_else_is_not_taken_over() {
        Target.Creates making = making();
        SecretValue initial = secret();
        Account account = newAccount(initial);

        assertThat(making.presence(account)).isEqualTo(Target.Presence.FOREIGN);
        assertThat(failure(() -> making.create(account, Grants.NONE)))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining(account.principal())
                .extracting(LockstepException::code)
                .isEqualTo(FailureCode.PRINCIPAL_EXISTS);
        assertThat(making.presence(account)).isEqualTo(Target.Presence.FOREIGN);
        assertThat(target().verify(account, initial)).isEqualTo(LoginResult.ACCEPTED);
    }

    @Test
    void a_removed_account_is_gone_and_may_be_removed_again() {
        Target.Creates making = making();
        SecretValue secret = secret();
        Account account = missingAccount();
        making.create(account, Grants.NONE);
        target().apply(account, secret);

        making.remove(account, Optional.empty());
        making.remove(account, Optional.empty());

        assertThat(making.presence(account)).isEqualTo(Target.Presence.ABSENT);
        assertThat(target().verifyDead(account, secret)).isEqualTo(LoginResult.REFUSED);
        assertThat(logsIn(account, secret)).isFalse();
    }

    @Test
    void an_account_that_others_made_can_be_removed_as_well() {
        Target.Creates making = making();
        SecretValue initial = secret();
        Account account = newAccount(initial);

        making.remove(account, Optional.empty());

        assertThat(making.presence(account)).isEqualTo(Target.Presence.ABSENT);
        assertThat(logsIn(account, initial)).isFalse();
    }

    private Target.Creates making() {
        assumeTrue(target() instanceof Target.Creates, "cannot make accounts");
        return (Target.Creates) target();
    }

    @Test
    void a_missing_principal_is_named_and_logs_in_with_nothing() {
        Account account = missingAccount();

        assertThat(failure(() -> target().apply(account, secret())))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining(account.principal())
                .extracting(LockstepException::code)
                .isEqualTo(FailureCode.PRINCIPAL_MISSING);
        assertThat(target().verify(account, secret())).isEqualTo(LoginResult.REFUSED);
        assertThat(target().verifyDead(account, secret())).isEqualTo(LoginResult.REFUSED);
    }

    @Test
    void a_refused_administrator_is_told_apart_from_a_refused_account() {
        SecretValue initial = secret();
        Account account = newAccount(initial);
        Target target = adapter().open(withWrongAdminPassword(endpoint(server())));

        assertThat(failure(() -> target.apply(account, secret())))
                .isInstanceOf(PermanentException.class)
                .extracting(LockstepException::code)
                .isEqualTo(FailureCode.TARGET_ADMIN_REFUSED);
        assertThat(target.health().up()).isFalse();
        assertThat(logsIn(account, initial)).isTrue();
    }

    @Test
    void a_healthy_target_says_so() {
        assertThat(target().health().up()).isTrue();
    }

    @Test
    void nobody_listening_is_unreachable() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Target target = adapter().open(endpoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), closed)));

        everyCallIsUnreachableInTime(target);
    }

    @Test
    void a_reset_connection_is_unreachable() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.to(server())) {
            proxy.mode(Mode.RESET);
            everyCallIsUnreachableInTime(adapter().open(endpoint(proxy.address())));
        }
    }

    @Test
    void a_black_holed_server_is_unreachable_within_the_time_out() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.to(server())) {
            proxy.mode(Mode.BLACK_HOLE);
            everyCallIsUnreachableInTime(adapter().open(endpoint(proxy.address())));
        }
    }

    @Test
    void a_slow_server_is_waited_for() throws IOException {
        SecretValue fresh = secret();
        Account account = newAccount(secret());
        try (FaultyProxy proxy = FaultyProxy.to(server())) {
            proxy.delay(Duration.ofMillis(20));
            Target target = adapter().open(endpoint(proxy.address()));

            target.apply(account, fresh);

            assertThat(target.verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
        }
    }

    @Test
    void a_call_with_an_unknown_outcome_may_be_repeated_when_the_server_is_back() throws IOException {
        SecretValue fresh = secret();
        Account account = newAccount(secret());
        try (FaultyProxy proxy = FaultyProxy.to(server())) {
            Target target = adapter().open(endpoint(proxy.address()));
            proxy.mode(Mode.BLACK_HOLE);
            assertThat(failure(() -> target.apply(account, fresh)).code()).isEqualTo(FailureCode.TARGET_UNREACHABLE);

            proxy.mode(Mode.PASS);
            target.apply(account, fresh);

            assertThat(target.verify(account, fresh)).isEqualTo(LoginResult.ACCEPTED);
        }
    }

    private void everyCallIsUnreachableInTime(Target target) {
        Account account = newAccount(secret());
        SecretValue candidate = secret();
        calls(account, candidate, target).forEach((name, call) -> {
            long start = System.nanoTime();
            LockstepException failure = failure(() -> call.accept(target));
            assertThat(failure).as(name).isInstanceOf(RetryableException.class);
            assertThat(failure.code()).as(name).isEqualTo(FailureCode.TARGET_UNREACHABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(name).isLessThanOrEqualTo(target.timeout());
        });
        long start = System.nanoTime();
        assertThat(target.health().up()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThanOrEqualTo(target.timeout());
    }

    private static Map<String, Consumer<Target>> calls(Account account, SecretValue candidate, Target target) {
        Map<String, Consumer<Target>> calls = new LinkedHashMap<>();
        calls.put("apply", t -> t.apply(account, candidate));
        calls.put("verify", t -> t.verify(account, candidate));
        calls.put("restore", t -> t.restore(account, candidate));
        calls.put("retire", t -> t.retire(account));
        calls.put("verifyDead", t -> t.verifyDead(account, candidate));
        if (target instanceof Target.Disables) {
            calls.put("disable", t -> ((Target.Disables) t).disable(account));
            calls.put("enable", t -> ((Target.Disables) t).enable(account));
        }
        return calls;
    }

    /** Runs a call that must fail, and sees to it that nothing about the failure carries a secret. */
    protected static LockstepException failure(ThrowingCallable call) {
        LockstepException[] caught = new LockstepException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(LockstepException.class, e -> caught[0] = e);
        StringWriter text = new StringWriter();
        caught[0].printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).doesNotContain(SLOW_TO_GUESS);
        return caught[0];
    }
}
