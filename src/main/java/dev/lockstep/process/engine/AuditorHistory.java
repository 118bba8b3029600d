package dev.lockstep.process.engine;

import java.util.Set;
import org.camunda.bpm.engine.impl.history.AbstractHistoryLevel;
import org.camunda.bpm.engine.impl.history.event.HistoryEventType;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.jspecify.annotations.Nullable;

/**
 * What an auditor needs of a process's history and no more: every activity, task, failed job, incident, decision and
 * deed of a user, and the last value of each variable; not each value a variable or form field ever had, nor that a job
 * was made and done, which the activities tell.
 */
final class AuditorHistory extends AbstractHistoryLevel {

    static final String NAME = "auditor";

    /** Kept in the database: the engine refuses to start on history of another level. */
    private static final int ID = 17;

    private static final Set<HistoryEventType> LEFT_OUT = Set.of(
            HistoryEventTypes.VARIABLE_INSTANCE_UPDATE_DETAIL,
            HistoryEventTypes.FORM_PROPERTY_UPDATE,
            HistoryEventTypes.JOB_CREATE,
            HistoryEventTypes.JOB_SUCCESS,
            HistoryEventTypes.JOB_DELETE);

    @Override
    public int getId() {
        return ID;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public boolean isHistoryEventProduced(HistoryEventType eventType, @Nullable Object entity) {
        return !LEFT_OUT.contains(eventType);
    }
}
