package dev.lockstep.process.engine;

import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.impl.cmd.JobRetryCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultFailedJobCommandFactory;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;

/** A job that was not even begun has not failed: it is done later, and none of its retries is used up. */
final class PausedJobs extends DefaultFailedJobCommandFactory {

    /** A random wait in between, so that a thousand jobs do not come back at once. */
    private static final long SHORTEST_MILLIS = 10_000;

    private static final long LONGEST_MILLIS = 30_000;

    @Override
    public Command<Object> getCommand(String jobId, Throwable exception) {
        return notBegun(exception)
                .<Command<Object>>map(known -> new Later(jobId, exception, known.notBefore()))
                .orElseGet(() -> super.getCommand(jobId, exception));
    }

    private static Optional<RetryableException> notBegun(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof LockstepException known) {
                return Optional.of(known)
                        .filter(failure -> failure.code().nothingTried())
                        .filter(RetryableException.class::isInstance)
                        .map(RetryableException.class::cast);
            }
        }
        return Optional.empty();
    }

    private static final class Later extends JobRetryCmd {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Instant> notBefore;

        Later(String jobId, Throwable exception, Optional<Instant> notBefore) {
            super(jobId, exception);
            this.notBefore = notBefore;
        }

        @Override
        public Object execute(CommandContext context) {
            JobEntity job = getJob();
            if (job != null) {
                long wait = ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS, LONGEST_MILLIS);
                Instant soon = ClockUtil.getCurrentTime().toInstant().plusMillis(wait);
                job.setDuedate(Date.from(
                        notBefore.filter(opening -> opening.isAfter(soon)).orElse(soon)));
                job.unlock();
            }
            return jobId;
        }
    }
}
