package dev.lockstep.process;

import java.util.Optional;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Who completed the newest task of an instance. */
final class LastHand {

    private static final String NOBODY = "unknown";

    private LastHand() {}

    static String of(HistoryService history, DelegateExecution execution) {
        return history
                .createHistoricTaskInstanceQuery()
                .processInstanceId(execution.getProcessInstanceId())
                .finished()
                .orderByHistoricTaskInstanceEndTime()
                .desc()
                .listPage(0, 1)
                .stream()
                .flatMap(task -> Optional.ofNullable(task.getAssignee()).stream())
                .findFirst()
                .orElse(NOBODY);
    }
}
