package dev.lockstep.policy;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.CredentialStatus;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.Configurations.Action;
import dev.lockstep.port.Configurations.Change;
import dev.lockstep.port.Configurations.Field;
import dev.lockstep.port.Configurations.Summary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two configurations with each other and with the ledger: a pure function. */
final class Comparison {

    /** More are counted, but not listed. */
    static final int MOST_LISTED = 10_000;

    private static final List<Field> NONE = List.of();

    private final Snapshot base;
    private final Snapshot candidate;
    private final Map<CredentialName, InventoryEntry> ledger;
    private final Instant now;
    private final List<Change> listed = new ArrayList<>();
    private final Map<Action, Integer> counts = new EnumMap<>(Action.class);
    private int leftOut;

    private Comparison(Snapshot base, Snapshot candidate, Map<CredentialName, InventoryEntry> ledger, Instant now) {
        this.base = base;
        this.candidate = candidate;
        this.ledger = ledger;
        this.now = now;
    }

    /** What was found. */
    record Result(Summary summary, List<Change> changes, int leftOut) {}

    /** @param ledger what the ledger knows of each credential */
    static Result of(Snapshot base, Snapshot candidate, Map<CredentialName, InventoryEntry> ledger, Instant now) {
        Comparison comparison = new Comparison(base, candidate, ledger, now);
        comparison.run();
        return new Result(comparison.summary(), comparison.listed, comparison.leftOut);
    }

    private void run() {
        things("target", with(base.targets(), base.limits()), with(candidate.targets(), candidate.limits()));
        things("store", base.stores(), candidate.stores());
        things("channel", base.channels(), candidate.channels());
        things("identity", base.identities(), candidate.identities());
        things("signal-source", base.sources(), candidate.sources());
        things("read-rule", base.readRules(), candidate.readRules());
        things("secret-schema", base.schemas(), candidate.schemas());
        things("policy", base.policies(), candidate.policies());
        TreeSet<CredentialName> names = new TreeSet<>(candidate.credentials().keySet());
        names.addAll(base.credentials().keySet());
        names.forEach(this::credential);
    }

    /** A target and how gently it is treated are one document. */
    record Both(Object endpoint, @Nullable Object limits) {}

    private static SortedMap<String, Both> with(SortedMap<String, ?> endpoints, SortedMap<String, ?> limits) {
        SortedMap<String, Both> both = new TreeMap<>();
        endpoints.forEach((name, endpoint) -> both.put(name, new Both(endpoint, limits.get(name))));
        return both;
    }

    private void things(String kind, SortedMap<String, ?> before, SortedMap<String, ?> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            @Nullable Object was = before.get(name);
            @Nullable Object is = after.get(name);
            if (was == null) {
                add(Action.CREATE, kind, name, NONE, null);
            } else if (is == null) {
                add(Action.REMOVE, kind, name, NONE, stillUsed(kind, name));
            } else if (!was.equals(is)) {
                add(Action.CHANGE, kind, name, FieldList.differences(was, is), null);
            }
        }
    }

    /** The files are consistent in themselves; what was issued on request does not stand in them. */
    private @Nullable String stillUsed(String kind, String name) {
        long users = candidate.credentials().values().stream()
                .filter(each -> uses(each, kind, name))
                .count();
        return users == 0
                ? null
                : "is still used by " + users + " that were issued on request, whose operations will wait for it";
    }

    private static boolean uses(Credential credential, String kind, String name) {
        return switch (kind) {
            case "target" -> credential.target().equals(name);
            case "store" ->
                credential.store().equals(name) || credential.mirrors().contains(name);
            default -> false;
        };
    }

    private void credential(CredentialName name) {
        @Nullable Credential was = base.credentials().get(name);
        @Nullable Credential is = candidate.credentials().get(name);
        @Nullable InventoryEntry entry = ledger.get(name);
        if (is == null) {
            add(Action.REMOVE, "credential", name.value(), NONE, removal(entry));
            return;
        }
        if (was == null) {
            taken(is, entry);
            return;
        }
        // Most have not changed at all; a changed policy is listed once, not with each of its credentials.
        if (!was.equals(is)) {
            List<Field> fields = FieldList.differences(was, is);
            if (!fields.isEmpty()) {
                add(Action.CHANGE, "credential", name.value(), fields, change(was, is, entry));
            }
        }
        if (entry != null && entry.status() == CredentialStatus.ACTIVE) {
            Rescheduling.of(was, is, entry, now)
                    .filter(moved -> !Objects.equals(moved.after(), entry.nextRotationAt()))
                    .ifPresent(moved -> add(new Change(
                            Action.RESCHEDULE,
                            "credential",
                            name.value(),
                            NONE,
                            entry.nextRotationAt(),
                            moved.after(),
                            moved.after() != null && !moved.after().isAfter(now) ? "due at once" : null)));
        }
    }

    private void taken(Credential is, @Nullable InventoryEntry entry) {
        String name = is.name().value();
        if (entry == null) {
            boolean value = is.initial().isPresent();
            Instant due = Rescheduling.first(is, now);
            add(new Change(
                    value ? Action.ADOPT : Action.CREATE,
                    "credential",
                    name,
                    NONE,
                    null,
                    due,
                    value
                            ? "its present value is proven by a login and kept; nothing is rotated"
                            : "without a value until its first rotation"));
            return;
        }
        switch (entry.status()) {
            case DECOMMISSIONED ->
                add(
                        Action.ADOPT,
                        "credential",
                        name,
                        NONE,
                        "its life is over; the definition has no effect, and its name is not used again");
            case REQUESTED, DISABLED, CONTAINED ->
                add(Action.ADOPT, "credential", name, NONE, "is " + word(entry.status()) + " and stays so");
            default ->
                add(new Change(
                        Action.ADOPT,
                        "credential",
                        name,
                        NONE,
                        entry.nextRotationAt(),
                        entry.status() == CredentialStatus.UNMANAGED
                                ? Rescheduling.back(is, entry, now).at()
                                : entry.nextRotationAt(),
                        "is in the ledger already and goes on with its versions"));
        }
    }

    private static String word(CredentialStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String removal(@Nullable InventoryEntry entry) {
        if (entry == null) {
            return "nothing of it is in the ledger";
        }
        return switch (entry.status()) {
            case DECOMMISSIONED -> "its life is over already";
            case DISABLED -> "its decommission is under way and cannot go on without its definition; let it end first";
            default ->
                "is not rotated any more; account, versions and value stay. To end its life, ask for its decommission"
                        + " before it leaves the files";
        };
    }

    private static @Nullable String change(Credential was, Credential is, @Nullable InventoryEntry entry) {
        boolean same = was.target().equals(is.target()) && was.principals().equals(is.principals());
        if (entry == null || same) {
            return null;
        }
        return "the accounts that it had are left as they are; the next rotation uses the new ones";
    }

    private void add(Action action, String kind, String name, List<Field> fields, @Nullable String note) {
        add(new Change(action, kind, name, fields, null, null, note));
    }

    private void add(Change change) {
        counts.merge(change.action(), 1, Integer::sum);
        if (listed.size() < MOST_LISTED) {
            listed.add(change);
        } else {
            leftOut++;
        }
    }

    private Summary summary() {
        return new Summary(
                counts.getOrDefault(Action.CREATE, 0),
                counts.getOrDefault(Action.ADOPT, 0),
                counts.getOrDefault(Action.CHANGE, 0),
                counts.getOrDefault(Action.RESCHEDULE, 0),
                counts.getOrDefault(Action.REMOVE, 0));
    }
}
