package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.MigrationRecords;
import dev.lockstep.port.Migrations.Migration;
import dev.lockstep.port.RunVersions;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves the instances of a migration, each with its record in a transaction of its own. Whatever happens in between, a
 * further run finds those that are left by their version.
 */
@Component
class MigrationRun {

    /** Tries for an instance on which a worker happens to work. */
    private static final int TRIES = 5;

    private static final Logger log = LoggerFactory.getLogger(MigrationRun.class);

    private final DeployedVersions deployed;
    private final InstanceMoves moves;
    private final RuntimeService runtime;
    private final RunVersions versions;
    private final MigrationRecords records;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    MigrationRun(
            DeployedVersions deployed,
            InstanceMoves moves,
            RuntimeService runtime,
            RunVersions versions,
            MigrationRecords records,
            AuditTrail audit,
            PlatformTransactionManager transactions) {
        this.deployed = deployed;
        this.moves = moves;
        this.runtime = runtime;
        this.versions = versions;
        this.records = records;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Moves what can be moved; the rest goes on with its version and is told. */
    void run(Migration migration, String by) {
        List<String> problems = new ArrayList<>();
        try {
            Deployed target =
                    deployed.tagged(migration.process(), migration.to()).get(0);
            for (Deployed source : deployed.tagged(migration.process(), migration.from())) {
                MigrationPlan plan = moves.plan(source, target, migration.mappings());
                moves.instances(source)
                        .forEach(instance -> move(migration, plan, target, instance, by)
                                .ifPresent(reason -> problems.add("instance " + instance + " " + reason)));
            }
        } catch (InvalidInput | IndexOutOfBoundsException gone) {
            problems.add("a version of the plan is not deployed any more: " + gone.getMessage());
        }
        transaction.executeWithoutResult(status -> {
            records.done(migration.id(), problems);
            record(by, "migration.done", migration, null, Map.of("left", "" + problems.size()));
        });
        log.info("Migration {} of {} is done; {} left", migration.id(), migration.process(), problems.size());
    }

    private Optional<String> move(
            Migration migration, MigrationPlan plan, Deployed target, String instance, String by) {
        for (int attempt = 1; ; attempt++) {
            try {
                transaction.executeWithoutResult(status -> moveNow(migration, plan, target, instance, by));
                return Optional.empty();
            } catch (OptimisticLockingException busy) {
                if (attempt == TRIES) {
                    return Optional.of("is being worked on all the time");
                }
            } catch (RuntimeException failed) {
                return ended(instance) ? Optional.empty() : Optional.of(InstanceMoves.reason(failed));
            }
        }
    }

    private void moveNow(Migration migration, MigrationPlan plan, Deployed target, String instance, String by) {
        Object operation = runtime.getVariable(instance, ModelVariables.OPERATION);
        moves.move(plan, instance);
        Long number = operation instanceof Number id ? Long.valueOf(id.longValue()) : null;
        if (number != null) {
            versions.move(number, target.definition(), target.tag());
        }
        record(by, "operation.migrate", migration, number, Map.of("instance", instance));
        records.moved(migration.id());
    }

    private boolean ended(String instance) {
        return runtime.createProcessInstanceQuery().processInstanceId(instance).count() == 0;
    }

    private void record(
            String by, String action, Migration migration, @Nullable Long operation, Map<String, String> details) {
        Map<String, String> all = new HashMap<>(details);
        all.put("from", migration.from());
        all.put("to", migration.to());
        audit.append(new AuditEvent(by, action, AuditEvent.Phase.FACT, migration.process(), operation, all));
    }
}
