package dev.lockstep.web;

import dev.lockstep.domain.Conflict;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.Untrusted;
import dev.lockstep.port.RefusedConfiguration;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns what went wrong into an answer: a page for people who look at pages, {@code problem+json} for programs. */
@ControllerAdvice
class Errors extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    @ExceptionHandler
    Object invalid(InvalidInput refused, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, refused.getMessage());
        problem.setProperty("field", refused.field());
        return answer(problem, request);
    }

    @ExceptionHandler
    Object unknown(NotFound missing, WebRequest request) {
        return answer(problem(HttpStatus.NOT_FOUND, missing.getMessage()), request);
    }

    /** Whatever the reason, nothing is told about what was reported. */
    @ExceptionHandler
    Object untrusted(Untrusted refused, WebRequest request) {
        return answer(problem(HttpStatus.UNAUTHORIZED, refused.getMessage()), request);
    }

    @ExceptionHandler
    Object conflict(Conflict conflict, WebRequest request) {
        return answer(problem(HttpStatus.CONFLICT, conflict.getMessage()), request);
    }

    @ExceptionHandler
    Object refused(RefusedConfiguration refused, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.UNPROCESSABLE_ENTITY, refused.getMessage());
        problem.setProperty("errors", refused.flaws());
        return answer(problem, request);
    }

    @ExceptionHandler
    Object tooLarge(BodyTooLarge refused, WebRequest request) {
        ProblemDetail problem = problem(HttpStatus.PAYLOAD_TOO_LARGE, "the body is too large");
        problem.setProperty("field", "body");
        return answer(problem, request);
    }

    @ExceptionHandler
    Object failed(LockstepException failure, WebRequest request) {
        ProblemDetail problem = problem(status(failure), failure.getMessage());
        problem.setType(URI.create("/runbook#" + failure.code().anchor()));
        problem.setProperty("code", failure.code().anchor());
        return answer(problem, request);
    }

    /** Met at the edge of a transaction, where no port has translated it. */
    @ExceptionHandler({
        TransientDataAccessException.class,
        NonTransientDataAccessResourceException.class,
        TransactionException.class
    })
    Object away(RuntimeException failure, WebRequest request) {
        log.warn(
                "A request found no database: {}, {}",
                request.getDescription(false),
                failure.getClass().getSimpleName());
        return failed(
                new RetryableException(
                        FailureCode.LEDGER_UNAVAILABLE, "the database did not answer; try again in a moment"),
                request);
    }

    /** The filters answer, which know who was refused and write it down. */
    @ExceptionHandler
    void refused(AccessDeniedException refused) {
        throw refused;
    }

    @ExceptionHandler
    Object broken(Exception defect, WebRequest request) {
        log.error("A request failed: {}", request.getDescription(false), defect);
        return answer(
                problem(HttpStatus.INTERNAL_SERVER_ERROR, "Something in Lockstep broke; its log says what."), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        return handleExceptionInternal(
                unreadable, UnreadableBody.problem(unreadable), headers, UnreadableBody.status(unreadable), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException mismatch, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String field = String.valueOf(mismatch.getPropertyName());
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, field + " has the wrong form");
        problem.setProperty("field", field);
        return handleExceptionInternal(mismatch, problem, headers, status, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        HttpServletResponse response = ((ServletWebRequest) request).getResponse();
        if (response == null || !PageRequest.is(((ServletWebRequest) request).getRequest())) {
            return super.handleExceptionInternal(failure, body, headers, status, request);
        }
        try {
            response.sendError(status.value());
        } catch (IOException gone) {
            throw new UncheckedIOException("the browser is gone", gone);
        }
        return null;
    }

    private static HttpStatus status(LockstepException failure) {
        if (failure instanceof RetryableException) {
            return HttpStatus.SERVICE_UNAVAILABLE;
        }
        return failure.code() == FailureCode.INTERNAL_ERROR ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.CONFLICT;
    }

    private static ProblemDetail problem(HttpStatus status, @Nullable String detail) {
        return ProblemDetail.forStatusAndDetail(status, String.valueOf(detail));
    }

    private static Object answer(ProblemDetail problem, WebRequest request) {
        HttpStatus status = HttpStatus.valueOf(problem.getStatus());
        if (PageRequest.is(((ServletWebRequest) request).getRequest())) {
            return ErrorPage.of(status, problem.getDetail());
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.body(problem);
    }
}
