package dev.lockstep.crash;

import dev.lockstep.domain.Credential;
import dev.lockstep.port.AccessReviews;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.task.Task;

/** Two owners are asked; one says that something is wrong, and is asked again when it is corrected. */
final class AccessReviewStory extends Story {

    private static final String REVIEW = "access-review";
    private static final String PERSON = "tester";
    private static final String ASK = "ReviewAccess";
    private static final String CORRECT = "CorrectAccess";

    AccessReviewStory(Node node, Trial trial) {
        super(node, trial);
    }

    /** The owner of a credential that stands beside the trial's. */
    static String other(Credential credential) {
        return credential.owner() + "-next";
    }

    /** Either somebody asks for it, or the quarter begins. */
    @Override
    boolean happen() {
        if (over()) {
            return false;
        }
        if (instances(REVIEW).isEmpty()) {
            begin();
            return true;
        }
        List<Task> open = tasks();
        open.stream().findFirst().ifPresent(this::say);
        return !open.isEmpty();
    }

    private void begin() {
        if (trial.scenario() == Scenario.ACCESS_REVIEW_DUE) {
            tick(REVIEW);
        } else {
            node.bean(AccessReviews.class).begin(PERSON);
        }
    }

    private void say(Task task) {
        boolean asks = task.getTaskDefinitionKey().equals(ASK);
        boolean wrong = ownerOf(task).equals(other(trial.credential())) && completed(CORRECT) == 0;
        IdentityService identities = node.bean(IdentityService.class);
        identities.setAuthentication(PERSON, List.of("operators"));
        try {
            node.bean(TaskService.class)
                    .complete(
                            task.getId(),
                            asks
                                    ? Map.of("accessVerdict", wrong ? "wrong" : "right", "correction", "it has gone")
                                    : Map.of());
        } finally {
            identities.clearAuthentication();
        }
    }

    private String ownerOf(Task task) {
        return String.valueOf(node.bean(TaskService.class).getVariable(task.getId(), "owner"));
    }

    /** How often somebody has completed such a task of this review. */
    private long completed(String task) {
        return begun().stream()
                .mapToLong(review -> node.bean(HistoryService.class)
                        .createHistoricTaskInstanceQuery()
                        .processInstanceId(review)
                        .taskDefinitionKey(task)
                        .finished()
                        .count())
                .sum();
    }

    /** The reviews in which the owner of the trial was asked, over or not. */
    private Set<String> begun() {
        return Set.copyOf(node
                .bean(HistoryService.class)
                .createHistoricVariableInstanceQuery()
                .variableValueEquals("owner", trial.credential().owner())
                .list()
                .stream()
                .map(HistoricVariableInstance::getProcessInstanceId)
                .toList());
    }

    @Override
    List<String> instances() {
        return instances(REVIEW);
    }

    /** Even when its answers are not on record. */
    @Override
    boolean over() {
        return !begun().isEmpty() && instances(REVIEW).isEmpty();
    }

    /** No review is begun without its record, or stops where nobody sees it; no answer is recorded that nobody gave. */
    @Override
    void always(Invariants invariants) {
        long reviews = node.bean(HistoryService.class)
                .createHistoricProcessInstanceQuery()
                .processDefinitionKey(REVIEW)
                .count();
        int records = records("access-review.begin", "%").size();
        invariants.require(reviews == records, records + " records of the begin of " + reviews + " reviews");
        invariants.require(begun().size() <= 1, "the owner is asked in " + begun().size() + " reviews");
        int answers = verdicts(trial.credential().owner()).size()
                + verdicts(other(trial.credential())).size();
        invariants.require(answers <= completed(ASK), answers + " records of " + completed(ASK) + " answers");
        for (String review : instances(REVIEW)) {
            invariants.require(goesOn(review), "the review " + review + " stopped where nobody sees it");
        }
    }

    private boolean goesOn(String review) {
        return node.bean(TaskService.class)
                                .createTaskQuery()
                                .processInstanceId(review)
                                .count()
                        > 0
                || node.bean(ManagementService.class)
                                .createJobQuery()
                                .processInstanceId(review)
                                .count()
                        > 0;
    }

    @Override
    void atRest(Invariants invariants) {
        List<String> one = verdicts(trial.credential().owner());
        List<String> other = verdicts(other(trial.credential()));
        invariants.require(one.equals(List.of("tester: right")), "the answers of one owner are recorded as " + one);
        invariants.require(
                other.equals(List.of("tester: wrong", "tester: right")),
                "the answers of the other owner are recorded as " + other);
        invariants.require(completed(ASK) == 3, "owners were asked " + completed(ASK) + " times");
        invariants.require(completed(CORRECT) == 1, "a correction was asked for " + completed(CORRECT) + " times");
        invariants.require(over(), "the review is not over");
        invariants.require(node.bean(AccessReviews.class).asked().isEmpty(), "somebody is still being asked");
        invariants.operations(0);
    }

    private List<String> verdicts(String owner) {
        return records("access-review.answer", owner);
    }

    /** Who said what, in the order of the audit trail. */
    private List<String> records(String action, String subject) {
        return trial.sql()
                .sql("""
                        SELECT actor || ': ' || COALESCE(details::jsonb ->> 'verdict', '')
                          FROM audit_event WHERE action = :action AND subject LIKE :subject ORDER BY id
                        """)
                .param("action", action)
                .param("subject", subject)
                .query(String.class)
                .list();
    }

    @Override
    void clear() {
        instances(REVIEW)
                .forEach(review -> node.bean(RuntimeService.class).deleteProcessInstance(review, "the trial is over"));
    }
}
