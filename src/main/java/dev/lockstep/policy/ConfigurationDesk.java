package dev.lockstep.policy;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.SchemaReadings;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Plans and applies. What is in force is a row of the ledger that points to the kept files, so that all nodes come to
 * the same; the directory of a node is only where a candidate comes from.
 */
final class ConfigurationDesk implements Configurations {

    private static final int KEPT = 20;
    private static final int DAYS_OF_PLANS = 7;
    private static final int MOST_NAMED = 5;

    private final LiveCatalog catalog;
    private final Candidates candidates;
    private final PlanMaker planner;
    private final ConfigurationFiles files;
    private final ConfigurationRecords records;
    private final AuditTrail audit;
    private final Settlement settlement;
    private final Watched watched = new Watched();
    private final Object planning = new Object();
    private final Clock clock;
    private Instant tidiedAt = Instant.EPOCH;

    ConfigurationDesk(
            LiveCatalog catalog,
            ConfigurationLoader loader,
            ConfigurationFiles files,
            ConfigurationRecords records,
            Inventory inventory,
            SchemaReadings schemaReadings,
            AuditTrail audit,
            Clock clock) {
        this.catalog = catalog;
        this.candidates = new Candidates(catalog, loader, files, records, clock);
        this.planner =
                new PlanMaker(catalog, candidates, records, inventory, new SchemaReaders(schemaReadings, clock), clock);
        this.files = files;
        this.records = records;
        this.audit = audit;
        this.settlement = new Settlement(catalog, inventory, records, candidates::former, clock);
        this.clock = clock;
    }

    @Override
    public Plan plan(Candidate candidate, String by) {
        Problems problems = new Problems();
        Sources sources = candidates.of(candidate, problems);
        boolean own = candidate.files() == null;
        String commit = candidate.commit() == null && own ? files.commit().orElse(null) : candidate.commit();
        Plan plan = plan(sources, problems, new PlanMaker.Origin(own ? files.origin() : "api", commit), by);
        audit.append(event(plan, "configuration.plan", AuditEvent.Phase.FACT, by));
        return plan;
    }

    /** One at a time, because a candidate may be large. */
    Plan plan(Sources sources, Problems problems, PlanMaker.Origin origin, String by) {
        synchronized (planning) {
            follow();
            return planner.make(sources, problems, origin, by);
        }
    }

    @Override
    public Optional<Plan> find(String id) {
        return records.planned(id).flatMap(records::content).map(PlanText::read).map(plan -> plan.with(status(plan)));
    }

    private Status status(Plan plan) {
        String now =
                records.inForce().map(Applied::digest).orElse(catalog.inForce().digest());
        if (plan.candidate().equals(now)) {
            return Status.APPLIED;
        }
        return plan.base().equals(now) ? Status.OPEN : Status.STALE;
    }

    /** One at a time on each node; nodes are kept apart by the ledger. */
    @Override
    public synchronized Applied apply(Plan plan, String by) {
        follow();
        Optional<Applied> now = records.inForce();
        String digest = now.map(Applied::digest).orElse("");
        if (digest.equals(plan.candidate())) {
            settlement.run(Map.of());
            return now.orElseThrow();
        }
        if (!digest.equals(plan.base())) {
            throw changed(plan);
        }
        Sources sources = candidates
                .kept(plan.candidate())
                .orElseThrow(() -> new Conflict("the plan " + plan.id() + " is too old to be applied; plan again"));
        Snapshot former = catalog.complete(catalog.snapshot());
        Snapshot next = candidates.load(sources, new Problems(), former);
        audit.append(event(plan, "configuration.apply", AuditEvent.Phase.INTENT, by));
        Applied applied = records.apply(new ConfigurationRecords.Request(
                        plan.candidate(), plan.base(), plan.id(), plan.origin(), plan.commit(), by, plan.summary()))
                .orElseThrow(() -> changed(plan));
        catalog.replace(next, plan.candidate());
        settlement.run(Map.of(plan.base(), former));
        return records.inForce().filter(current -> current.id() == applied.id()).orElse(applied);
    }

    private static AuditEvent event(Plan plan, String action, AuditEvent.Phase phase, String by) {
        SortedMap<String, String> details = new TreeMap<>(Map.of(
                "plan", plan.id(),
                "former", Sources.brief(plan.base()),
                "digest", Sources.brief(plan.candidate()),
                "origin", plan.origin(),
                "changes", plan.summary().toString()));
        if (plan.commit() != null) {
            details.put("commit", plan.commit());
        }
        return new AuditEvent(by, action, phase, "configuration", null, details);
    }

    private Conflict changed(Plan plan) {
        List<Applied> since = records.history(KEPT).stream()
                .takeWhile(applied -> !applied.digest().equals(plan.base()))
                .toList();
        StringBuilder what = new StringBuilder("the configuration was changed since the plan ")
                .append(plan.id())
                .append(" was made");
        since.stream()
                .limit(MOST_NAMED)
                .forEach(applied -> what.append("; ")
                        .append(applied.by())
                        .append(" applied ")
                        .append(applied.summary())
                        .append(" at ")
                        .append(applied.at().truncatedTo(ChronoUnit.SECONDS))
                        .append(applied.commit() == null ? "" : " from commit " + Sources.brief(applied.commit())));
        return new Conflict(what.append("; plan again and look at what is left").toString());
    }

    /** Comes to what is in force in the ledger; takes what this node started with when nothing is. */
    synchronized void follow() {
        Optional<Applied> applied = records.inForce();
        if (applied.isEmpty()) {
            return;
        }
        String digest = applied.get().digest();
        if (!digest.equals(catalog.inForce().digest())) {
            Sources sources =
                    candidates.kept(digest).orElseThrow(() -> new IllegalStateException("the files in force are lost"));
            catalog.replace(candidates.load(sources, new Problems()), digest);
        }
    }

    /** The first configuration of all is what the first node started with. */
    synchronized void begin(Sources sources) {
        if (records.inForce().isEmpty()) {
            records.keep(sources.digest(), sources.packed());
            Snapshot first = catalog.snapshot();
            int all = first.targets().size()
                    + first.stores().size()
                    + first.channels().size()
                    + first.identities().size()
                    + first.sources().size()
                    + first.readRules().size()
                    + first.schemas().size()
                    + first.policies().size()
                    + first.credentials().size();
            records.apply(new ConfigurationRecords.Request(
                    sources.digest(),
                    null,
                    null,
                    files.origin(),
                    files.commit().orElse(null),
                    "lockstep",
                    new Summary(all, 0, 0, 0, 0)));
        }
        follow();
    }

    /** Forgets old plans and contents, once an hour. */
    synchronized void tidy() {
        Instant now = clock.instant();
        if (now.isAfter(tidiedAt.plus(1, ChronoUnit.HOURS))) {
            records.prune(now.minus(DAYS_OF_PLANS, ChronoUnit.DAYS), KEPT);
            tidiedAt = now;
        }
    }

    /** Brings the ledger after what is in force, where a node died in between. */
    synchronized void settle() {
        settlement.run(Map.of());
    }

    /** Of what this node works with. */
    String digest() {
        return catalog.inForce().digest();
    }

    Watched watched() {
        return watched;
    }

    @Override
    public State state() {
        Optional<Applied> applied = records.inForce();
        Watched.Seen seen = watched.seen();
        return new State(
                applied.orElse(null),
                catalog.inForce().digest(),
                seen.digest(),
                seen.commit(),
                seen.pending(),
                seen.note(),
                seen.problems(),
                seen.since());
    }

    @Override
    public List<Applied> history(int most) {
        return records.history(most);
    }
}
