package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Migrations;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Plans migrations, and hands confirmed ones to a worker of its own. */
@Component
class MigrationDesk implements Migrations, DisposableBean {

    /** Instances that a plan is tried for; more would take longer than anybody waits. */
    private static final int TRIED = 1000;

    private final DeployedVersions deployed;
    private final InstanceMoves moves;
    private final MigrationRun run;
    private final MigrationRecords records;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> new Thread(task, "migrations"));

    MigrationDesk(
            DeployedVersions deployed,
            InstanceMoves moves,
            MigrationRun run,
            MigrationRecords records,
            AuditTrail audit,
            PlatformTransactionManager transactions) {
        this.deployed = deployed;
        this.moves = moves;
        this.run = run;
        this.records = records;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public Plan plan(String process, String from, String to, Map<String, String> mappings, String by) {
        Deployed target = newest(process, "to", to);
        newest(process, "from", from);
        if (from.equals(to)) {
            throw new InvalidInput("to", "instances are moved to another version than their own");
        }
        Map<String, String> instructions = new LinkedHashMap<>();
        List<String> misfits = new ArrayList<>();
        int total = 0;
        for (Deployed source : deployed.tagged(process, from)) {
            MigrationPlan plan = moves.plan(source, target, mappings);
            instructions.putAll(InstanceMoves.instructions(plan));
            List<String> instances = moves.instances(source);
            total += instances.size();
            instances.stream()
                    .limit(TRIED)
                    .forEach(instance -> moves.misfit(plan, instance)
                            .ifPresent(reason -> misfits.add("instance " + instance + " " + reason)));
        }
        long id = add(process, from, to, mappings, total, by);
        return new Plan(find(process, id), instructions, misfits);
    }

    private long add(String process, String from, String to, Map<String, String> mappings, int total, String by) {
        Long id = transaction.execute(status -> {
            record(by, "migration.plan", process, Map.of("from", from, "to", to, "instances", "" + total));
            return records.add(process, from, to, mappings, total, by);
        });
        return Objects.requireNonNull(id);
    }

    @Override
    public Migration confirm(String process, long id, String by) {
        Migration migration = find(process, id);
        transaction.executeWithoutResult(status -> {
            if (!records.begin(id)) {
                throw new Conflict("migration " + id + " of " + process + " is done");
            }
            record(by, "migration.confirm", process, Map.of("from", migration.from(), "to", migration.to()));
        });
        worker.execute(() -> run.run(migration, by));
        return find(process, id);
    }

    @Override
    public Migration find(String process, long id) {
        return records.find(id)
                .filter(migration -> migration.process().equals(process))
                .orElseThrow(() -> new InvalidInput("id", "process " + process + " has no migration " + id));
    }

    @Override
    public List<Migration> of(String process) {
        return records.of(process);
    }

    private Deployed newest(String process, String field, String tag) {
        return deployed.tagged(process, tag).stream()
                .findFirst()
                .orElseThrow(() -> new InvalidInput(field, "no version " + process + '@' + tag + " is deployed"));
    }

    private void record(String actor, String action, String process, Map<String, String> details) {
        audit.append(new AuditEvent(actor, action, AuditEvent.Phase.FACT, process, null, details));
    }

    /** What is under way goes on where it stands when somebody confirms again. */
    @Override
    public void destroy() {
        worker.shutdownNow();
    }
}
