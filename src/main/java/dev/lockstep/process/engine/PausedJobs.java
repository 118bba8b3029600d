package dev.lockstep.process.engine;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A job whose target is paused has not failed: it is done later, and none of its retries is used up. */
final class PausedJobs extends DefaultFailedJobCommandFactory {

    /** A random wait in between, so that a thousand jobs do not come back at once. */
    private static final long SHORTEST_MILLIS = 10_000;

    private static final long LONGEST_MILLIS = 30_000;

    @Override
    public Command<Object> getCommand(String jobId, Throwable exception) {
        return isPaused(exception) ? new Later(jobId, exception) : super.getCommand(jobId, exception);
    }

    private static boolean isPaused(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException known) {
                return known.code() == FailureCode.TARGET_PAUSED;
            }
        }
        return false;
    }

    private static final class Later extends JobRetryCmd {
        private static final long serialVersionUID = 1L;

        Later(String jobId, Throwable exception) {
            super(jobId, exception);
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                long wait = ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS, LONGEST_MILLIS);
                job.setDuedate(Date.from(ClockUtil.getCurrentTime().toInstant().plusMillis(wait)));
                job.unlock();
            }
            return jobId;
        }
    }
}
