package dev.lockstep.process;

import static dev.lockstep.process.VariableText.cut;

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

    private static final String ASK = "ASK";

    private final Clock clock;
    private final ApprovalTable approvals;

    LifeFacts(Clock clock, ApprovalTable approvals) {
        this.clock = clock;
        this.approvals = approvals;
    }

    Map<String, Object> approval(CheckIssuance.Checked checked) {
        ApprovalTable.Answer answer = approvals.ask(checked.operation(), checked.credential());
        boolean asked = checked.next() == CheckIssuance.Next.ISSUE && answer.when() == ApprovalTable.When.BEFORE;
        return approval(asked ? ASK : checked.next().name(), answer, checked.credential());
    }

    private Map<String, Object> approval(String next, ApprovalTable.Answer answer, Credential credential) {
        return Map.of(
                "next", next,
                "approverGroup", Groups.of(answer.group(), credential.name()),
                "approvalDeadline", answer.within().toString(),
                "approvalDue", due(answer.within()));
    }

    /** Only an approver needs to read the request; nobody else's instance pays for it. */
    Map<String, Object> request(CheckIssuance.Checked checked, Map<String, Object> approval) {
        if (!ASK.equals(approval.get("next"))) {
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
                "handoverGroup",
                        Groups.of(
                                handover.credential().policy().escalation().group(),
                                handover.credential().name()),
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

    /** The table may want somebody to agree where the policy does not, and the policy where the table does not. */
    Map<String, Object> approval(LookAtReaders.Readers readers) {
        ApprovalTable.Answer answer = approvals.ask(readers.operation(), readers.credential());
        boolean byTable = answer.when() == ApprovalTable.When.BEFORE;
        return switch (readers.next()) {
            case CANCEL, EXPIRED -> approval(readers.next().name(), answer, readers.credential());
            case ASK -> approval(ASK, byTable ? answer : ofPolicy(readers.escalation()), readers.credential());
            case DISABLE -> approval(byTable ? ASK : readers.next().name(), answer, readers.credential());
        };
    }

    private static ApprovalTable.Answer ofPolicy(Policy.Escalation escalation) {
        return new ApprovalTable.Answer(ApprovalTable.When.BEFORE, escalation.group(), escalation.deadline());
    }

    Map<String, Object> request(LookAtReaders.Readers readers, Map<String, Object> approval) {
        return ASK.equals(approval.get("next")) ? with(request(readers.operation()), facts(readers)) : Map.of();
    }

    Map<String, Object> escalation(LookAtReaders.Readers readers) {
        return Escalations.of(readers.escalation(), readers.credential().name(), clock.instant());
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
                "quarantine",
                        VariableText.words(credential.policy().decommission().quarantine()),
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
}
