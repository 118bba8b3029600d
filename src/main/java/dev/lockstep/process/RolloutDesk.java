package dev.lockstep.process;

import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.port.Rollouts;
import dev.lockstep.process.DeployedVersions.Deployed;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes what designers decide about roll-outs, each with its entry in the audit trail. */
@Component
class RolloutDesk implements Rollouts {

    private final RolloutRecords records;
    private final RolloutWatch watch;
    private final DeployedVersions deployed;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    RolloutDesk(
            RolloutRecords records,
            RolloutWatch watch,
            DeployedVersions deployed,
            AuditTrail audit,
            PlatformTransactionManager transactions) {
        this.records = records;
        this.watch = watch;
        this.deployed = deployed;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public List<Progress> of(String process) {
        return records.of(process).stream()
                .map(rollout -> new Progress(rollout, watch.compare(rollout)))
                .toList();
    }

    @Override
    public Rollout open(String process, String versionTag, int share, RolloutRule rule, String by) {
        List<Deployed> versions = deployed.lookUp(process);
        if (versions.isEmpty() || !versions.get(0).tag().equals(versionTag)) {
            throw new InvalidInput(
                    "versionTag",
                    versions.isEmpty()
                            ? "no process " + process + " is deployed"
                            : "a roll-out is for the newest version, which is "
                                    + versions.get(0).label());
        }
        Rollout.objection(process, deployed.runsOperations(versions.get(0))).ifPresent(objection -> {
            throw new InvalidInput("process", objection);
        });
        String former = versions.stream()
                .map(Deployed::tag)
                .filter(tag -> !tag.equals(versionTag))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(
                        "versionTag", process + " has no other version that the rest of the credentials could keep"));
        return open(new RolloutRecords.Request(process, versionTag, former, Rollout.share("" + share), rule, by));
    }

    /** Also called while a deployment is under way, in its transaction. */
    Rollout open(RolloutRecords.Request request) {
        Rollout opened = transaction.execute(status -> {
            overtake(request.process(), request.versionTag(), request.openedBy());
            Rollout rollout = records.open(request)
                    .orElseThrow(() -> new Conflict("a roll-out of " + request.process() + '@' + request.versionTag()
                            + " is open; change its share, complete or return it"));
            record(
                    request.openedBy(),
                    "rollout.open",
                    rollout,
                    Map.of("share", rollout.share() + "%", "former", rollout.formerTag()));
            return rollout;
        });
        return Objects.requireNonNull(opened);
    }

    boolean isOpen(String process, String versionTag) {
        return records.of(process).stream()
                .anyMatch(rollout -> rollout.status() == Rollout.Status.OPEN
                        && rollout.versionTag().equals(versionTag));
    }

    /** Ends what is open for an older version, because its newer one takes its place. */
    void overtake(String process, String versionTag, String by) {
        records.of(process).stream()
                .filter(rollout -> rollout.status() == Rollout.Status.OPEN)
                .filter(rollout -> !rollout.versionTag().equals(versionTag))
                .forEach(rollout ->
                        watch.end(rollout, Rollout.Status.RETURNED, by, "overtaken by " + process + '@' + versionTag));
    }

    @Override
    public Rollout widen(String process, long id, int share, String by) {
        Rollout rollout = known(process, id);
        int percent = Rollout.share("" + share);
        change(rollout, () -> {
            record(by, "rollout.widen", rollout, Map.of("share", percent + "%"));
            return records.widen(id, percent);
        });
        return known(process, id);
    }

    @Override
    public Rollout complete(String process, long id, String by) {
        Rollout rollout = known(process, id);
        change(rollout, () -> watch.end(rollout, Rollout.Status.COMPLETED, by, "completed"));
        return known(process, id);
    }

    @Override
    public Rollout giveBack(String process, long id, String by, String reason) {
        Rollout rollout = known(process, id);
        change(rollout, () -> watch.end(rollout, Rollout.Status.RETURNED, by, reason));
        return known(process, id);
    }

    private void change(Rollout rollout, BooleanSupplier body) {
        transaction.executeWithoutResult(status -> {
            if (!body.getAsBoolean()) {
                throw new Conflict("the roll-out of " + rollout.label() + " is not open any more");
            }
        });
    }

    private Rollout known(String process, long id) {
        return records.find(id)
                .filter(rollout -> rollout.process().equals(process))
                .orElseThrow(() -> new InvalidInput("id", "process " + process + " has no roll-out " + id));
    }

    private void record(String actor, String action, Rollout rollout, Map<String, String> details) {
        audit.append(new AuditEvent(actor, action, AuditEvent.Phase.FACT, rollout.label(), null, details));
    }
}
