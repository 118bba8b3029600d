package dev.lockstep.process;

import dev.lockstep.domain.Credential;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Operation;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.Policy;
import dev.lockstep.process.engine.decision.Decisions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Asks the newest deployed table {@code approval-policy} who has to agree to an operation. It is asked for every
 * operation, so the answer is not written to the engine's history: what followed from it is in the instance.
 */
@Component
class ApprovalTable {

    /** A requester of flesh and blood. */
    static final String PERSON = "person";

    private static final String DECISION = "approval-policy";
    private static final String SCHEDULE = "schedule";
    private static final Duration REMEMBER = Duration.ofSeconds(5);

    /** The process engine's own writes each answer to the history. */
    private final DmnEngine dmn = Decisions.settings().buildEngine();

    private final RepositoryService repository;
    private final Clock clock;
    private volatile @Nullable Known newest;

    ApprovalTable(RepositoryService repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Who has to agree.
     *
     * @param when whether before or after the operation
     * @param group whose members may; empty when nobody has to
     * @param within how long they have
     */
    record Answer(When when, String group, Duration within) {}

    /** When somebody has to agree. */
    enum When {
        NEVER,
        BEFORE,
        AFTERWARDS
    }

    /** @throws PermanentException with {@code MISCONFIGURED} when the table is missing or gives no usable answer */
    Answer ask(Operation operation, Credential credential) {
        String requester = operation.requestedBy().equals(SCHEDULE) ? SCHEDULE : PERSON;
        return ask(operation.process(), credential, requester, operation.priority());
    }

    /** As {@link #ask(Operation, Credential)}, for what nobody has asked for yet. */
    Answer ask(String process, Credential credential, String requester, int priority) {
        Optional<Policy.Approval> policy = credential.policy().approval();
        Map<String, Object> facts = new HashMap<>();
        facts.put("process", process);
        facts.put("environment", credential.name().environment());
        facts.put("class", credential.kind());
        facts.put("requester", requester);
        facts.put("urgency", urgency(priority));
        facts.put("policyGroup", policy.map(Policy.Approval::group).orElse(""));
        facts.put(
                "policyDeadline",
                policy.map(Policy.Approval::deadline).orElse(Duration.ZERO).toString());
        DmnDecisionResult rows = dmn.evaluateDecision(table(), facts);
        if (rows.size() != 1) {
            throw unusable(rows.size() + " rows fit");
        }
        return answer(rows.getSingleResult().getEntryMap());
    }

    private static Answer answer(Map<String, Object> row) {
        String group = String.valueOf(row.getOrDefault("group", ""));
        try {
            return switch (String.valueOf(row.get("approval"))) {
                case "none" -> new Answer(When.NEVER, "", Duration.ZERO);
                case "before" -> new Answer(When.BEFORE, group, Duration.parse(String.valueOf(row.get("deadline"))));
                case "afterwards" ->
                    new Answer(When.AFTERWARDS, group, Duration.parse(String.valueOf(row.get("deadline"))));
                default -> throw unusable("approval is none, before or afterwards");
            };
        } catch (DateTimeParseException e) {
            throw unusable("the deadline is no duration such as P1D");
        }
    }

    private static PermanentException unusable(String why) {
        return new PermanentException(
                FailureCode.MISCONFIGURED, "the table " + DECISION + " gives no usable answer: " + why);
    }

    private static String urgency(int priority) {
        if (priority >= Operation.EMERGENCY) {
            return "emergency";
        }
        return priority >= Operation.BREAK_GLASS ? "break-glass" : "routine";
    }

    private DmnDecision table() {
        Instant now = clock.instant();
        Known known = newest;
        if (known == null || Duration.between(known.since(), now).abs().compareTo(REMEMBER) > 0) {
            String id = definition().getId();
            known = new Known(id, known != null && known.id().equals(id) ? known.table() : parsed(id), now);
            newest = known;
        }
        return known.table();
    }

    private DecisionDefinition definition() {
        DecisionDefinition definition = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(DECISION)
                .latestVersion()
                .singleResult();
        if (definition == null) {
            throw unusable("it is not deployed");
        }
        return definition;
    }

    private DmnDecision parsed(String definition) {
        return dmn.parseDecision(DECISION, repository.getDecisionModel(definition));
    }

    /** @param since when it was the newest one for sure */
    private record Known(String id, DmnDecision table, Instant since) {}
}
