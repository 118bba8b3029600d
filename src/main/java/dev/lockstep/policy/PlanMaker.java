package dev.lockstep.policy;

import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Digests;
import dev.lockstep.domain.InventoryEntry;
import dev.lockstep.port.ConfigurationRecords;
import dev.lockstep.port.Configurations.Plan;
import dev.lockstep.port.Configurations.Status;
import dev.lockstep.port.Inventory;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares a candidate with what is in force, and keeps what comes of it. */
final class PlanMaker {

    private final LiveCatalog catalog;
    private final Candidates candidates;
    private final ConfigurationRecords records;
    private final Inventory inventory;
    private final SchemaReaders readers;
    private final Clock clock;

    PlanMaker(
            LiveCatalog catalog,
            Candidates candidates,
            ConfigurationRecords records,
            Inventory inventory,
            SchemaReaders readers,
            Clock clock) {
        this.catalog = catalog;
        this.candidates = candidates;
        this.records = records;
        this.inventory = inventory;
        this.readers = readers;
        this.clock = clock;
    }

    /**
     * Where a candidate comes from.
     *
     * @param commit null when unknown
     */
    record Origin(String place, @Nullable String commit) {}

    /** @throws dev.lockstep.port.RefusedConfiguration when the candidate is refused */
    Plan make(Sources sources, Problems problems, Origin origin, String by) {
        Instant now = clock.instant();
        LiveCatalog.InForce base = catalog.inForce();
        Snapshot before = catalog.complete(base.snapshot());
        Snapshot candidate = candidates.load(sources, problems, before);
        String digest = sources.digest();
        Snapshot after = catalog.complete(candidate);
        Map<CredentialName, InventoryEntry> ledger = new HashMap<>();
        inventory.list().forEach(entry -> ledger.put(entry.name(), entry));
        Comparison.Result result = Comparison.of(before, after, ledger, now);
        Plan plan = new Plan(
                Sources.brief(Digests.sha256(base.digest() + ':' + digest)),
                base.digest(),
                digest,
                origin.place(),
                origin.commit(),
                by,
                now.truncatedTo(ChronoUnit.MICROS),
                digest.equals(base.digest()) ? Status.APPLIED : Status.OPEN,
                result.summary(),
                readers.noted(result.changes()),
                result.leftOut(),
                DailyLoad.changes(before, after, ledger, now));
        keep(plan, sources);
        return plan;
    }

    private void keep(Plan plan, Sources sources) {
        byte[] text = PlanText.write(plan);
        String content = Digests.sha256(plan.id() + plan.plannedAt() + plan.plannedBy());
        records.keep(plan.candidate(), sources.packed());
        records.keep(content, text);
        records.plan(new ConfigurationRecords.PlanRow(
                plan.id(), plan.candidate(), content, plan.plannedBy(), plan.plannedAt()));
    }
}
