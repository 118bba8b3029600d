package dev.lockstep.port;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What has been told about human tasks, so that each is told once. */
public interface TaskNotices {

    /** What there is to tell about a task, in this order. */
    enum Level {
        /** The task is there. */
        OPENED,
        /** Its deadline comes near. */
        REMINDED,
        /** Its deadline has passed: the second level is asked, where there is one. */
        ESCALATED,
        /** The second level's deadline has passed as well. */
        OVERDUE
    }

    /** What has been told about each of the tasks; nothing about those that are missing. */
    Map<String, Set<Level>> told(Collection<String> tasks);

    /** Notes in the caller's transaction that something is told. Returns false when it has been already. */
    boolean tell(String task, Level level);
}
