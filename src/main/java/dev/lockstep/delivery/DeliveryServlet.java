package dev.lockstep.delivery;

import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers below {@code /v1}; whatever fails is told in the protocol's own form. */
final class DeliveryServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger log = LoggerFactory.getLogger(DeliveryServlet.class);

    private final transient Supplier<Routes> routes;
    private final transient Supplier<DeliveryMetrics> metrics;

    DeliveryServlet(Supplier<Routes> routes, Supplier<DeliveryMetrics> metrics) {
        this.routes = routes;
        this.metrics = metrics;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        Reply reply = reply(request);
        response.setStatus(reply.status());
        response.setHeader("Cache-Control", "no-store");
        if (reply.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE || reply.status() == 429) {
            response.setHeader("Retry-After", "1");
        }
        response.setContentType(reply.type());
        reply.write(response.getOutputStream());
        metrics.get().read(outcome(reply.status()), System.nanoTime() - start);
    }

    private Reply reply(HttpServletRequest request) {
        try {
            return routes.get().answer(Ask.of(request));
        } catch (Refused refused) {
            return Reply.refusal(refused);
        } catch (RetryableException later) {
            log.debug("/v1 cannot answer now", later);
            return failed(503, String.valueOf(later.getMessage()));
        } catch (LockstepException permanent) {
            log.warn("/v1 cannot answer", permanent);
            return failed(500, String.valueOf(permanent.getMessage()));
        } catch (IOException | RuntimeException failure) {
            log.error("/v1 failed", failure);
            return failed(500, "internal error; the log of the server says more");
        }
    }

    private static Reply failed(int status, String why) {
        return Reply.refusal(Refused.because(status, why));
    }

    private static String outcome(int status) {
        return switch (status) {
            case 200, 204 -> "served";
            case 404 -> "missing";
            case 503 -> "unavailable";
            case 500 -> "failed";
            default -> "refused";
        };
    }
}
