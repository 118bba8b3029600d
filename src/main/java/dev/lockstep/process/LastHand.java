package dev.lockstep.process;

import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricTaskInstance;

/** Who completed a task that lies behind an execution. */
final class LastHand {

    private static final String NOBODY = "unknown";

    private LastHand() {}

    /** @param task identifier of the task in the model, in the same scope as the execution's activity */
    static String of(HistoryService history, DelegateExecution execution, String task) {
        return history
                .createHistoricActivityInstanceQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .activityId(task)
                .finished()
                .orderByHistoricActivityInstanceEndTime()
                .desc()
                .list()
                .stream()
                .filter(done -> execution.getParentActivityInstanceId().equals(done.getParentActivityInstanceId()))
                .findFirst()
                .flatMap(done -> assignee(history, done))
                .orElse(NOBODY);
    }

    /** The engine notes it with the task only, when it is set in the moment of completion. */
    private static Optional<String> assignee(HistoryService history, HistoricActivityInstance done) {
        return Optional.ofNullable(history.createHistoricTaskInstanceQuery()
                        .taskId(done.getTaskId())
                        .singleResult())
                .map(HistoricTaskInstance::getAssignee);
    }
}
