package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.Rollout;
import dev.lockstep.domain.RolloutRule;
import dev.lockstep.port.RolloutRecords;
import dev.lockstep.port.Rollouts;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.test.context.TestComponent;

/** Takes roll-outs as far as the ledger. */
@TestComponent
class PaperRollouts implements Rollouts {

    private final RolloutRecords records;

    PaperRollouts(RolloutRecords records) {
        this.records = records;
    }

    @Override
    public List<Progress> of(String process) {
        return records.of(process).stream()
                .map(rollout -> new Progress(rollout, records.compare(rollout, Instant.EPOCH, List.of())))
                .toList();
    }

    @Override
    public Rollout open(String process, String versionTag, int share, RolloutRule rule, String by) {
        if (!versionTag.equals("1.1")) {
            throw new InvalidInput("versionTag", "a roll-out is for the newest version, which is rotation@1.1");
        }
        return records.open(new RolloutRecords.Request(process, versionTag, "1.0", Rollout.share("" + share), rule, by))
                .orElseThrow(() -> new Conflict("a roll-out is open"));
    }

    @Override
    public Rollout widen(String process, long id, int share, String by) {
        records.widen(id, Rollout.share("" + share));
        return records.find(id).orElseThrow();
    }

    @Override
    public Rollout complete(String process, long id, String by) {
        return end(id, Rollout.Status.COMPLETED, by, "completed");
    }

    @Override
    public Rollout giveBack(String process, long id, String by, String reason) {
        return end(id, Rollout.Status.RETURNED, by, reason);
    }

    private Rollout end(long id, Rollout.Status status, String by, String reason) {
        if (!records.end(id, status, by, reason)) {
            throw new Conflict("the roll-out is not open any more");
        }
        return records.find(id).orElseThrow();
    }
}
