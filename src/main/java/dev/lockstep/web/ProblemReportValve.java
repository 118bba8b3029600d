package dev.lockstep.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what the container refuses by itself, before any filter, as {@code problem+json}. Made by the container. */
public final class ProblemReportValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            if (status == 400) {
                ProblemWriter.refusePath(request, response, status);
            } else {
                ProblemWriter.write(response, status, "The request was refused.", "request");
            }
            response.finishResponse();
        } catch (IOException gone) {
            container.getLogger().debug("the client is gone", gone);
        }
    }
}
