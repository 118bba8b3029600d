package dev.lockstep.process;

import dev.lockstep.domain.Notice;
import dev.lockstep.lifecycle.DescribeOutage;
import java.util.Date;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Turns what is known of an outage into notices and into what form and deadline read. */
@Component
class OutageFacts {

    private static final String LINK = "/#paused";

    Notice down(DescribeOutage.Facts facts) {
        return new Notice(
                "target.down",
                "high",
                facts.escalation().group(),
                "Target " + facts.target() + " is down",
                "Target " + facts.target() + " has been down since " + facts.since() + " ("
                        + facts.code().anchor() + "): " + facts.message() + "\n\n" + facts.waiting()
                        + " operation(s) of its credentials wait. They use up no attempts and go on by themselves when"
                        + " the target answers again. Whoever can, brings it back; the task is Restore target.",
                LINK);
    }

    Notice back(DescribeOutage.Facts facts) {
        return new Notice(
                "target.back",
                "info",
                facts.escalation().group(),
                "Target " + facts.target() + " is back",
                "Target " + facts.target() + " answers again, and what waited for it goes on by itself.",
                LINK);
    }

    /** The deadline counts from the beginning of the outage, so that checking in between does not move it. */
    Map<String, Object> escalation(DescribeOutage.Facts facts) {
        return Map.of(
                "escalationGroup",
                facts.escalation().group(),
                "escalationDue",
                Date.from(facts.since().plus(facts.escalation().deadline())));
    }

    Map<String, Object> outage(DescribeOutage.Facts facts) {
        return Map.of(
                "since", facts.since().toString(),
                "failureCode", facts.code().anchor(),
                "failureMessage", facts.message(),
                "waiting", Long.toString(facts.waiting()),
                "probedAt", facts.asOf().toString(),
                "runbook", "/runbook#" + facts.code().anchor());
    }
}
