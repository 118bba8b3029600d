package dev.lockstep.process.engine.input;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Makes whoever completes a task its assignee, so that the history tells who decided, also without a claim before. */
public final class CompletedBy extends AbstractBpmnParseListener {

    @Override
    public void parseUserTask(Element task, ScopeImpl scope, ActivityImpl activity) {
        ((UserTaskActivityBehavior) activity.getActivityBehavior())
                .getTaskDefinition()
                .addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, CompletedBy::note);
    }

    private static void note(DelegateTask task) {
        String person = Context.getCommandContext().getAuthenticatedUserId();
        if (person != null && !person.equals(task.getAssignee())) {
            task.setAssignee(person);
        }
    }
}
