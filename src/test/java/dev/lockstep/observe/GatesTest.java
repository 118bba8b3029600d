package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PausedTarget;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.TargetLimits;
import dev.lockstep.port.Target;
import dev.lockstep.testing.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

class GatesTest {

    private static final String NAME = Samples.TARGET.name();

    private final TestClock clock = TestClock.frozenAt(Samples.NOW);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final FakeBreakers breakers = new FakeBreakers(clock);
    private final FakeTarget original = new FakeTarget();
    private final List<Runnable> probes = new ArrayList<>();
    private TargetLimits limits = new TargetLimits(
            2,
            Optional.empty(),
            3,
            Duration.ofSeconds(10),
            Duration.ZERO,
            new Policy.Escalation("operators", Duration.ofHours(1)),
            Duration.ofHours(1));

    private final Gates gates = new Gates(name -> limits, clock, registry);
    private final Target target = PortProxy.of(Target.class, original, gates.around(NAME));
    private final BreakerKeeper keeper =
            new BreakerKeeper(gates, breakers, name -> target, name -> limits, clock, probes::add);
    private final TransactionTemplate transaction = new TransactionTemplate(new NoTransactions());

    @Test
    @Timeout(10)
    void only_so_many_operations_are_let_through_at_once() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> workers = List.of(worker(entered, end), worker(entered, end));
        entered.await();

        assertThat(gates.shut()).containsExactly(NAME);
        assertThat(registry.get("lockstep.target.inside").gauge().value()).isEqualTo(2);
        assertThatThrownBy(this::run)
                .isInstanceOfSatisfying(
                        RetryableException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(FailureCode.TARGET_PAUSED))
                .hasMessageContaining("as many operations at work as its limit allows");
        urgently(() -> assertThat(registry.get("lockstep.target.inside").gauge().value())
                .as("an emergency takes nobody's place")
                .isEqualTo(2));

        limits = new TargetLimits(
                3,
                Optional.empty(),
                3,
                Duration.ofSeconds(10),
                Duration.ZERO,
                new Policy.Escalation("operators", Duration.ofHours(1)),
                Duration.ofHours(1));
        run();
        end.countDown();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(gates.shut()).isEmpty();
        assertThat(registry.get("lockstep.target.inside").gauge().value()).isZero();
    }

    private Thread worker(CountDownLatch entered, CountDownLatch end) {
        Thread worker = new Thread(() -> transaction.executeWithoutResult(status -> {
            gates.enter(NAME, false);
            gates.enter(NAME, false);
            entered.countDown();
            await(end);
        }));
        worker.start();
        return worker;
    }

    @Test
    void a_target_whose_rate_is_used_up_has_no_room_until_the_next_may_come() {
        gates.hold(NAME, clock.instant().plusSeconds(60));
        assertThat(gates.room(NAME, 0)).isZero();
        assertThat(gates.shut()).as("what is no operation may come").isEmpty();

        clock.advance(Duration.ofSeconds(60));
        assertThat(gates.room(NAME, 0)).isEqualTo(2);
    }

    @Test
    void after_failures_in_a_row_nothing_reaches_the_target_any_more() {
        original.failure = secret -> down();
        fail(2);
        original.failure = secret -> null;
        call();
        original.failure = secret -> down();
        fail(2);
        assertThat(gates.paused())
                .as("an answer in between starts the count anew")
                .isEmpty();

        fail(1);

        assertThat(gates.paused()).containsKey(NAME);
        assertThat(gates.shut()).containsExactly(NAME);
        assertThat(registry.get("lockstep.target.paused").gauge().value()).isEqualTo(1);
        original.failure = secret -> {
            throw new AssertionError("the target must not be called");
        };
        assertThatThrownBy(this::call)
                .isInstanceOf(RetryableException.class)
                .hasMessageContaining("is down since " + Samples.NOW)
                .hasMessageContaining("target-unreachable");
        assertThatThrownBy(this::run).isInstanceOf(RetryableException.class);
    }

    @Test
    void an_answer_is_an_answer_also_when_it_is_a_refusal() {
        original.failure = secret -> down();
        fail(2);
        original.failure = secret -> new PermanentException(FailureCode.PRINCIPAL_MISSING, "no such role");
        fail(5);
        original.failure = secret -> new PermanentException(FailureCode.MISCONFIGURED, "says nothing of the target");
        fail(5);

        assertThat(gates.paused()).isEmpty();
    }

    @Test
    void an_emergency_is_tried_all_the_same_and_its_success_ends_the_pause() {
        pauseBySomebodyElse();

        urgently(this::call);

        assertThat(gates.paused()).isEmpty();
        keeper.look();
        assertThat(breakers.rows).isEmpty();
    }

    @Test
    void who_was_let_through_before_the_pause_may_finish() {
        transaction.executeWithoutResult(status -> {
            gates.enter(NAME, false);
            pauseBySomebodyElse();
            call();
        });
    }

    @Test
    void the_pause_is_shared_through_the_ledger_and_survives_a_restart() {
        original.failure = secret -> down();
        fail(3);
        keeper.look();

        assertThat(breakers.rows.get(NAME)).satisfies(row -> {
            assertThat(row.failure()).isEqualTo(FailureCode.TARGET_UNREACHABLE);
            assertThat(row.message()).isEqualTo("orders-db does not answer");
            assertThat(row.probeAt()).isEqualTo(Samples.NOW.plusSeconds(10));
        });
        Gates other = new Gates(name -> limits, clock, new SimpleMeterRegistry());
        new BreakerKeeper(other, breakers, name -> target, name -> limits, clock, probes::add).look();
        assertThat(other.paused()).containsKey(NAME);
        assertThat(other.shut()).containsExactly(NAME);
    }

    @Test
    void looking_does_not_forget_failures_that_do_not_make_a_pause_yet() {
        original.failure = secret -> down();
        fail(2);
        keeper.look();
        fail(1);

        assertThat(gates.paused()).containsKey(NAME);
    }

    @Test
    void probes_come_at_growing_intervals_until_one_succeeds() {
        pauseBySomebodyElse();
        original.health = new Health(false, "no answer");
        assertThat(probesAfter(9)).isZero();
        assertThat(probesAfter(1)).isEqualTo(1);
        assertThat(probesAfter(19)).isZero();
        assertThat(probesAfter(1)).isEqualTo(1);
        assertThat(gates.paused()).containsKey(NAME);

        original.health = new Health(true, "fine");
        assertThat(probesAfter(40)).isEqualTo(1);

        assertThat(breakers.rows).isEmpty();
        assertThat(gates.paused()).isEmpty();
        assertThat(probesAfter(9999)).isZero();
    }

    @Test
    void the_wait_between_probes_has_an_end() {
        assertThat(List.of(0, 1, 2, 5, 50).stream().map(limits::probeAfter))
                .containsExactly(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(40),
                        TargetLimits.LONGEST,
                        TargetLimits.LONGEST);
    }

    @Test
    void a_refused_administrator_is_not_tried_often() {
        original.failure = secret -> new PermanentException(FailureCode.TARGET_ADMIN_REFUSED, "wrong password");
        fail(3);
        keeper.look();

        assertThat(breakers.paused())
                .extracting(PausedTarget::probeAt)
                .containsExactly(Samples.NOW.plus(TargetLimits.LONGEST));
    }

    @Test
    void a_target_that_is_not_configured_any_more_is_forgotten() {
        BreakerKeeper orphaned = new BreakerKeeper(
                gates,
                breakers,
                name -> {
                    throw new PermanentException(FailureCode.MISCONFIGURED, "no such target");
                },
                name -> limits,
                clock,
                Runnable::run);
        breakers.pause(NAME, FailureCode.TARGET_UNREACHABLE, "gone", clock.instant());

        orphaned.look();

        assertThat(breakers.rows).isEmpty();
    }

    private int probesAfter(int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        keeper.look();
        int made = probes.size();
        probes.forEach(Runnable::run);
        probes.clear();
        return made;
    }

    private void pauseBySomebodyElse() {
        breakers.pause(
                NAME,
                FailureCode.TARGET_UNREACHABLE,
                "no answer",
                clock.instant().plusSeconds(10));
        keeper.look();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(this::call).isInstanceOf(LockstepException.class);
        }
    }

    private void call() {
        target.apply(Samples.ACCOUNT, SecretValue.of("some-secret"));
    }

    private void run() {
        transaction.executeWithoutResult(status -> gates.enter(NAME, false));
    }

    private void urgently(Runnable work) {
        transaction.executeWithoutResult(status -> {
            gates.enter(NAME, true);
            work.run();
        });
    }

    private static LockstepException down() {
        return new RetryableException(FailureCode.TARGET_UNREACHABLE, "orders-db does not answer");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins and ends transactions of nothing. */
    private static final class NoTransactions extends AbstractPlatformTransactionManager {
        private static final long serialVersionUID = 1L;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object begun, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
