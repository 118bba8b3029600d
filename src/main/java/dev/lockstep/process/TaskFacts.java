package dev.lockstep.process;

import static dev.lockstep.process.VariableText.cut;

import dev.lockstep.domain.Operation;
import dev.lockstep.lifecycle.CheckConsumers;
import dev.lockstep.lifecycle.DescribeFailure;
import dev.lockstep.lifecycle.NextWave;
import dev.lockstep.lifecycle.OpenGrace;
import dev.lockstep.lifecycle.OpenOperation;
import dev.lockstep.lifecycle.VerifyPrevious;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Turns the results of steps into the variables that gateways, timers and forms of the models read. */
@Component
class TaskFacts {

    private final Clock clock;
    private final ApprovalTable approvals;

    TaskFacts(Clock clock, ApprovalTable approvals) {
        this.clock = clock;
        this.approvals = approvals;
    }

    Map<String, Object> approval(OpenOperation.Opened opened) {
        ApprovalTable.Answer answer = approvals.ask(opened.operation(), opened.credential());
        return Map.of(
                "approvalNeeded", answer.when() == ApprovalTable.When.BEFORE,
                "approverGroup", Groups.of(answer.group(), opened.credential().name()),
                "approvalDeadline", answer.within().toString(),
                "approvalDue", due(answer.within()));
    }

    /** Only an approver needs to read the request; nobody else's instance pays for it. */
    Map<String, Object> request(OpenOperation.Opened opened, Map<String, Object> approval) {
        if (!Boolean.TRUE.equals(approval.get("approvalNeeded"))) {
            return Map.of();
        }
        Operation operation = opened.operation();
        return Map.of(
                "credential", operation.credential().value(),
                "requestedBy", operation.requestedBy(),
                "reason", cut(operation.reason()),
                "target", opened.credential().target(),
                "strategy", opened.credential().policy().strategy().label());
    }

    Map<String, Object> grace(OpenGrace.Grace grace) {
        return Map.of("next", grace.next().name(), "grace", grace.atMost().toString());
    }

    /** The soak time counts only while a wave is due. */
    Map<String, Object> wave(Optional<NextWave.Turn> turn) {
        return Map.of(
                "waveDue",
                turn.isPresent(),
                "soak",
                turn.map(due -> due.wave().soak()).orElse(Duration.ZERO).toString());
    }

    Map<String, Object> laggards(CheckConsumers.Laggards laggards) {
        Map<String, Object> facts =
                new HashMap<>(Escalations.of(laggards.escalation(), laggards.credential(), clock.instant()));
        facts.put("laggardsWait", laggards.escalate());
        return facts;
    }

    Map<String, Object> laggardNames(CheckConsumers.Laggards laggards) {
        return laggards.escalate() ? Map.of("laggards", cut(String.join(", ", laggards.names()))) : Map.of();
    }

    Map<String, Object> recovery(VerifyPrevious.Recovery recovery) {
        return Map.of(
                "next", recovery.next().name(), "retryAfter", recovery.after().toString());
    }

    Map<String, Object> escalation(DescribeFailure.Facts failure) {
        return Escalations.of(failure.escalation(), failure.credential().name(), clock.instant());
    }

    Map<String, Object> failure(DescribeFailure.Facts facts) {
        return Map.of(
                "credential", facts.credential().name().value(),
                "operationLabel", facts.operation().label(),
                "failureCode", facts.code().anchor(),
                "failureMessage", cut(facts.message()),
                "atStore", cut(facts.atStore()),
                "atTarget", cut(facts.atTarget()),
                "probedAt", facts.probedAt(),
                "runbook", "/runbook#" + facts.code().anchor());
    }

    private Date due(Duration in) {
        return Date.from(clock.instant().plus(in));
    }
}
