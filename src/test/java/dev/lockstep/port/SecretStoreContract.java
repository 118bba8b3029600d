package dev.lockstep.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.SecretRef;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every secret store promises; each adapter's test extends it. */
public abstract class SecretStoreContract {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final CredentialName credential = CredentialName.of("test/team/store/c" + NAMES.incrementAndGet());

    /** The store under test. */
    protected abstract SecretStore store();

    /** Another client of the same store, as a restarted process or another node would open it. */
    protected abstract SecretStore reopened();

    /** A reference that no other test uses. */
    protected SecretRef ref(int version) {
        return new SecretRef(credential, version);
    }

    @Test
    void a_staged_value_can_be_read_by_every_client() {
        stage(ref(1), "first");
        assertThat(read(store(), ref(1))).contains("first");
        assertThat(read(reopened(), ref(1))).contains("first");
    }

    @Test
    void staging_does_not_make_a_version_current() {
        stage(ref(1), "first");
        assertThat(store().current(credential)).isEmpty();
        store().promote(ref(1));
        stage(ref(2), "second");
        assertThat(reopened().current(credential)).contains(ref(1));
    }

    @Test
    void staging_the_same_value_again_changes_nothing() {
        stage(ref(1), "first");
        stage(ref(1), "first");
        try (SecretValue value = SecretValue.of("first")) {
            reopened().stage(ref(1), value);
        }
        assertThat(read(store(), ref(1))).contains("first");
    }

    @Test
    void staging_another_value_under_a_taken_reference_is_refused_and_keeps_the_first() {
        stage(ref(1), "first");
        refused(FailureCode.STORE_VERSION_MISSING, () -> stage(ref(1), "other"));
        assertThat(read(store(), ref(1))).contains("first");
    }

    @Test
    void staging_a_destroyed_reference_is_refused_even_with_the_same_value() {
        stage(ref(1), "first");
        store().destroy(ref(1));
        refused(FailureCode.STORE_VERSION_MISSING, () -> stage(ref(1), "first"));
        assertThat(store().read(ref(1))).isEmpty();
    }

    @Test
    void any_bytes_come_back_as_they_were() {
        byte[] bytes = new byte[16 * 1024];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        try (SecretValue value = SecretValue.of(bytes)) {
            store().stage(ref(1), value);
            try (SecretValue back = reopened().read(ref(1)).orElseThrow()) {
                assertThat(back).isEqualTo(value);
            }
        }
        stage(ref(2), "\u0000 gr\u00fc\u00df \uD83D\uDD11 \"';--\n");
        assertThat(read(store(), ref(2))).contains("\u0000 gr\u00fc\u00df \uD83D\uDD11 \"';--\n");
    }

    @Test
    void a_version_that_was_never_staged_is_absent() {
        assertThat(store().read(ref(1))).isEmpty();
        assertThat(store().current(credential)).isEmpty();
    }

    @Test
    void promoting_moves_the_current_version_and_keeps_the_former_one() {
        stage(ref(1), "first");
        store().promote(ref(1));
        assertThat(reopened().current(credential)).contains(ref(1));
        stage(ref(2), "second");
        store().promote(ref(2));
        assertThat(reopened().current(credential)).contains(ref(2));
        assertThat(read(store(), ref(1))).contains("first");
    }

    @Test
    void promoting_twice_is_promoting_once() {
        stage(ref(1), "first");
        store().promote(ref(1));
        reopened().promote(ref(1));
        assertThat(store().current(credential)).contains(ref(1));
    }

    @Test
    void promoting_the_version_before_undoes_a_promotion() {
        stage(ref(1), "first");
        store().promote(ref(1));
        stage(ref(2), "second");
        store().promote(ref(2));
        store().promote(ref(1));
        assertThat(reopened().current(credential)).contains(ref(1));
        assertThat(read(store(), ref(2))).contains("second");
    }

    @Test
    void promoting_what_the_store_does_not_hold_is_refused_and_changes_nothing() {
        stage(ref(1), "first");
        store().promote(ref(1));
        refused(FailureCode.STORE_VERSION_MISSING, () -> store().promote(ref(2)));
        stage(ref(3), "third");
        store().destroy(ref(3));
        refused(FailureCode.STORE_VERSION_MISSING, () -> store().promote(ref(3)));
        assertThat(store().current(credential)).contains(ref(1));
    }

    @Test
    void a_destroyed_version_is_gone_and_its_neighbours_stay() {
        stage(ref(1), "first");
        stage(ref(2), "second");
        store().destroy(ref(1));
        assertThat(reopened().read(ref(1))).isEmpty();
        assertThat(read(reopened(), ref(2))).contains("second");
    }

    @Test
    void destroying_twice_or_what_was_never_staged_changes_nothing() {
        stage(ref(1), "first");
        store().destroy(ref(1));
        store().destroy(ref(1));
        store().destroy(ref(7));
        assertThat(store().read(ref(7))).isEmpty();
    }

    @Test
    void the_current_version_is_not_destroyed() {
        stage(ref(1), "first");
        store().promote(ref(1));
        refused(FailureCode.MISCONFIGURED, () -> store().destroy(ref(1)));
        assertThat(read(store(), ref(1))).contains("first");
        stage(ref(2), "second");
        store().promote(ref(2));
        store().destroy(ref(1));
        assertThat(store().read(ref(1))).isEmpty();
    }

    @Test
    void what_is_withdrawn_is_read_by_nobody_until_it_is_promoted_again() {
        SecretStore store = store();
        stage(ref(1), "first");
        store.promote(ref(1));

        store.withdraw(ref(1).credential());
        store.withdraw(ref(1).credential());

        assertThat(reopened().current(ref(1).credential())).isEmpty();
        assertThat(read(store, ref(1))).contains("first");
        store.promote(ref(1));
        assertThat(reopened().current(ref(1).credential())).contains(ref(1));
    }

    @Test
    void what_is_withdrawn_may_be_destroyed() {
        SecretStore store = store();
        stage(ref(1), "first");
        store.promote(ref(1));
        store.withdraw(ref(1).credential());

        store.destroy(ref(1));

        assertThat(read(reopened(), ref(1))).isEmpty();
    }

    @Test
    void callers_that_stage_one_reference_at_once_agree_on_one_value() throws Exception {
        int callers = 8;
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String mine = "value-" + i % 2;
                calls.add(() -> {
                    stage(ref(1), mine);
                    return mine;
                });
            }
            List<String> winners = new ArrayList<>();
            for (Future<String> call : pool.invokeAll(calls)) {
                outcome(call).ifPresent(winners::add);
            }
            String held = read(store(), ref(1)).orElseThrow();
            assertThat(winners).hasSize(callers / 2).containsOnly(held);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Optional<String> outcome(Future<String> call) throws InterruptedException {
        try {
            return Optional.of(call.get());
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            PermanentException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.STORE_VERSION_MISSING));
            return Optional.empty();
        }
    }

    @Test
    void a_store_that_answers_is_healthy() {
        Health health = store().health();
        assertThat(health.up()).as(health.detail()).isTrue();
        assertThat(health.detail()).isNotBlank();
    }

    @Test
    void no_refusal_tells_a_secret() {
        stage(ref(1), "canary-5f0a");
        assertThatThrownBy(() -> stage(ref(1), "canary-77c1"))
                .hasMessageContaining(ref(1).toString())
                .hasMessageNotContainingAny("canary-5f0a", "canary-77c1");
    }

    /** Stages text in the store under test. */
    protected void stage(SecretRef ref, String text) {
        try (SecretValue value = SecretValue.of(text)) {
            store().stage(ref, value);
        }
    }

    /** The text of a version. */
    protected static Optional<String> read(SecretStore store, SecretRef ref) {
        return store.read(ref).map(secret -> {
            try (secret) {
                return secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8));
            }
        });
    }

    /** Checks that a call fails for good with a code. */
    protected static void refused(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(PermanentException.class)
                .extracting(failure -> ((LockstepException) failure).code())
                .isEqualTo(code);
    }
}
