package dev.lockstep.audit;

import dev.lockstep.port.AuditReview.Finding;
import dev.lockstep.port.AuditReview.Problem;
import dev.lockstep.port.AuditReview.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Verifies the whole trail and names the first thing that is wrong; reads in pages, so its memory does not grow. */
final class AuditVerification {

    private final Chain chain;
    private final Archives archives;
    private final CheckpointFile file;
    private final CheckpointTable table;
    private final TrustedKeys keys;
    private final Clock clock;

    AuditVerification(
            Chain chain, Archives archives, CheckpointFile file, CheckpointTable table, TrustedKeys keys, Clock clock) {
        this.chain = chain;
        this.archives = archives;
        this.file = file;
        this.table = table;
        this.keys = keys;
        this.clock = clock;
    }

    /** Sealing and writing go on meanwhile; what is added after the start is left for the next time. */
    Verdict verify() {
        Head head = chain.head();
        long copies = table.lastId();
        Head base = archives.base();
        AttestedChain attested = new AttestedChain(chain, base);
        CheckpointFileCheck filed = new CheckpointFileCheck(keys, attested);
        file.lines(filed::accept);
        CheckpointTableCheck copied = new CheckpointTableCheck(table, keys, attested);
        Optional<Finding> inFile = filed.finish();
        Optional<Finding> inCopies = copied.firstBad(copies, inFile.isPresent() ? Long.MAX_VALUE : filed.position());
        Optional<Finding> inChain = new ChainWalk(chain, base).firstBad(head.position());
        Optional<Finding> firstBad = archives.firstBad()
                .or(() -> Findings.earlier(inChain, Findings.earlier(inFile, inCopies)))
                .or(this::unaccounted);
        Instant now = clock.instant();
        Chain.Backlog backlog = chain.backlog();
        return new Verdict(
                firstBad.isEmpty(),
                head.position(),
                head.hash(),
                base.position(),
                backlog.unsealed(),
                backlog.age(now),
                filed.valid(),
                filed.position(),
                copied.foreign(),
                firstBad.orElse(null),
                now);
    }

    private Optional<Finding> unaccounted() {
        return chain.eventWithoutSeal()
                .map(event -> Findings.ofEvent(
                        Problem.WITHOUT_SEAL,
                        event,
                        "the event is neither sealed nor waiting for it: it was inserted or lost its seal"))
                .or(() -> chain.pendingWithoutEvent()
                        .map(event -> Findings.ofEvent(
                                Problem.DELETED, event, "the event was deleted before it could be sealed")));
    }
}
