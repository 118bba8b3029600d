package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.RefusedConfiguration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;

/** Plans on paper: one open plan for whatever is sent, and one for a configuration that has changed since. */
@TestComponent
class PaperConfigurations implements Configurations {

    static final String OPEN = "0123456789abcdef";
    static final String STALE = "fedcba9876543210";
    static final Instant AT = Instant.parse("2026-05-04T10:00:00Z");

    private final List<Applied> applied = new ArrayList<>(List.of(applied(1, null, "lockstep")));
    private List<RefusedConfiguration.Flaw> problems = List.of();
    private @Nullable Candidate last;

    Candidate last() {
        return Objects.requireNonNull(last);
    }

    /** What is wrong with the files of this node. */
    void problems(List<RefusedConfiguration.Flaw> now) {
        problems = now;
    }

    private static Applied applied(long id, @Nullable String plan, String by) {
        return new Applied(
                id,
                "d".repeat(63) + id,
                plan,
                "lockstep-0:/config",
                "8c1f0c3d9be2ad6e6a0f2c4a5b0f6f6a7f6c1d2e",
                by,
                AT,
                new Summary(3, 0, 1, 0, 0),
                AT,
                true);
    }

    private static Plan plan(String id, Status status) {
        return new Plan(
                id,
                "b".repeat(64),
                "c".repeat(64),
                "api",
                "8c1f0c3d9be2ad6e6a0f2c4a5b0f6f6a7f6c1d2e",
                "designer",
                AT,
                status,
                new Summary(1, 0, 1, 1, 1),
                List.of(
                        new Change(Action.CREATE, "policy", "weekly", List.of(), null, null, null),
                        new Change(
                                Action.CHANGE,
                                "target",
                                "orders-db",
                                List.of(
                                        new Field("limits.concurrency", "4", "8", false),
                                        new Field("settings.host", null, null, true)),
                                null,
                                null,
                                null),
                        new Change(
                                Action.RESCHEDULE,
                                "credential",
                                "prod/shop/postgres/orders-app",
                                List.of(),
                                AT,
                                AT.plusSeconds(86_400),
                                null),
                        new Change(
                                Action.REMOVE,
                                "credential",
                                "prod/old/postgres/legacy",
                                List.of(),
                                null,
                                null,
                                "is not rotated any more")),
                0,
                List.of(new Load("orders-db", LocalDate.of(2026, 5, 4), List.of(1, 0, 2), List.of(0, 5, 2))));
    }

    @Override
    public Plan plan(Candidate candidate, String by) {
        last = candidate;
        Map<String, byte[]> files = candidate.files();
        if (files != null && files.containsKey("broken.yaml")) {
            throw new RefusedConfiguration(
                    1,
                    List.of(new RefusedConfiguration.Flaw(
                            "broken.yaml", 3, 17, "rotate.every", "'PT' has no amount", "write P30D")));
        }
        return plan(OPEN, Status.OPEN);
    }

    @Override
    public Optional<Plan> find(String id) {
        return switch (id) {
            case OPEN -> Optional.of(plan(OPEN, Status.OPEN));
            case STALE -> Optional.of(plan(STALE, Status.STALE));
            default -> Optional.empty();
        };
    }

    @Override
    public Applied apply(Plan plan, String by) {
        if (plan.status() == Status.STALE) {
            throw new Conflict("the configuration was changed since the plan was made; anna applied 1 changed");
        }
        Applied next = applied(applied.size() + 1L, plan.id(), by);
        applied.add(0, next);
        return next;
    }

    @Override
    public State state() {
        Applied now = applied.get(0);
        return new State(
                now,
                now.digest(),
                problems.isEmpty() ? now.digest() : null,
                now.commit(),
                problems.isEmpty() ? OPEN : null,
                null,
                problems,
                problems.isEmpty() ? null : AT);
    }

    @Override
    public List<Applied> history(int most) {
        return applied.stream().limit(most).toList();
    }
}
