package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.Definition;
import dev.lockstep.domain.Expiry;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.Policy;
import dev.lockstep.lifecycle.CheckIssuance;
import dev.lockstep.lifecycle.LookAtReaders;
import dev.lockstep.lifecycle.OpenQuarantine;
import dev.lockstep.lifecycle.PrepareHandover;
import dev.lockstep.port.Consumers;
import dev.lockstep.port.Quarantine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Turns what the steps of issuance and decommission find into the variables that their models and forms read. */
@Component
class LifeFacts {

    /** The engine keeps texts of at most 4000 characters in a variable. */
    private static final int LONGEST = 3900;

    private final Clock clock;

    LifeFacts(Clock clock) {
        this.clock = clock;
    }

    Map<String, Object> approval(CheckIssuance.Checked checked) {
        return approval(checked.next().name(), checked.approverGroup(), checked.approvalDeadline());
    }

    private Map<String, Object> approval(String next, String group, Duration deadline) {
        return Map.of(
                "next",
                next,
                "approverGroup",
                group,
                "approvalDeadline",
                deadline.toString(),
                "approvalDue",
                due(deadline));
    }

    /** Only an approver needs to read the request; nobody else's instance pays for it. */
    Map<String, Object> request(CheckIssuance.Checked checked) {
        if (checked.next() != CheckIssuance.Next.ASK) {
            return Map.of();
        }
        Definition definition = checked.definition();
        return with(
                request(checked.operation()),
                Map.of(
                        "owner", definition.owner(),
                        "target", definition.target(),
                        "principals", cut(String.join(", ", definition.principals())),
                        "policy", definition.policy(),
                        "consumers", listed(definition.consumers()),
                        "expires", definition.expires().map(Expiry::toString).orElse("never")));
    }

    private static Map<String, Object> request(Operation operation) {
        return Map.of(
                "credential", operation.credential().value(),
                "requestedBy", operation.requestedBy(),
                "reason", cut(operation.reason()));
    }

    Map<String, Object> handover(PrepareHandover.Handover handover) {
        return Map.of(
                "handoverNeeded", handover.asked(),
                "handoverGroup", handover.credential().policy().escalation().group(),
                "handoverWithin", handover.within().toString(),
                "handoverDue", due(handover.within()));
    }

    Map<String, Object> whereToRead(PrepareHandover.Handover handover) {
        if (!handover.asked()) {
            return Map.of();
        }
        Credential credential = handover.credential();
        return Map.of(
                "credential", credential.name().value(),
                "owner", credential.owner(),
                "target", credential.target(),
                "principals", cut(String.join(", ", credential.principals())),
                "readFrom", "store " + credential.store() + ", under the name " + credential.name(),
                "expires", handover.expiresAt().map(Instant::toString).orElse("never"));
    }

    Map<String, Object> approval(LookAtReaders.Readers readers) {
        return approval(readers.next().name(), readers.approverGroup(), readers.approvalDeadline());
    }

    Map<String, Object> request(LookAtReaders.Readers readers) {
        return readers.next() == LookAtReaders.Next.ASK ? with(request(readers.operation()), facts(readers)) : Map.of();
    }

    Map<String, Object> escalation(Policy.Escalation escalation) {
        return Map.of("escalationGroup", escalation.group(), "escalationDue", due(escalation.deadline()));
    }

    /** Who reads the credential, for the human who decides about it. */
    Map<String, Object> facts(LookAtReaders.Readers readers) {
        Credential credential = readers.credential();
        return Map.of(
                "credential", credential.name().value(),
                "operationLabel", readers.operation().label(),
                "owner", credential.owner(),
                "target", credential.target(),
                "principals", cut(String.join(", ", credential.principals())),
                "consumers", seen(readers.consumers()),
                "attempts", tried(readers.attempts()),
                "quarantine", credential.policy().decommission().quarantine().toString(),
                "expires", readers.expiresAt().map(Instant::toString).orElse("never"),
                "lookedAt", readers.lookedAt().toString());
    }

    private static String seen(List<Consumers.Sighting> consumers) {
        return listed(consumers.stream()
                .map(seen -> seen.consumer()
                        + (seen.version() == null
                                ? " (has not been seen)"
                                : " (version " + seen.version() + " at " + seen.at() + ")"))
                .toList());
    }

    private static String tried(List<Quarantine.Reader> readers) {
        return listed(readers.stream()
                .map(reader -> reader.consumer() + " (" + reader.times() + " times, last at " + reader.lastAt() + ")")
                .toList());
    }

    private static String listed(List<String> texts) {
        return texts.isEmpty() ? "none" : cut(texts.stream().collect(Collectors.joining("; ")));
    }

    Map<String, Object> look(OpenQuarantine.Look look) {
        return Map.of("next", look.next().name(), "quarantineLeft", look.left().toString());
    }

    private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private Date due(Duration in) {
        return Date.from(clock.instant().plus(in));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
