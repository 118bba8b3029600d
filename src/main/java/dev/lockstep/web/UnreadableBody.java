package dev.lockstep.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Says what is wrong with a body; of the body itself only the names of fields are repeated. */
final class UnreadableBody {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    private UnreadableBody() {}

    static HttpStatus status(HttpMessageNotReadableException unreadable) {
        return find(unreadable, BodyTooLarge.class) == null ? HttpStatus.BAD_REQUEST : HttpStatus.PAYLOAD_TOO_LARGE;
    }

    static ProblemDetail problem(HttpMessageNotReadableException unreadable) {
        if (find(unreadable, BodyTooLarge.class) != null) {
            return problem(HttpStatus.PAYLOAD_TOO_LARGE, "body", BodyLimitFilter.tooLarge());
        }
        if (find(unreadable, StreamConstraintsException.class) != null) {
            return problem(HttpStatus.BAD_REQUEST, "body", "The body is nested too deeply or has too long a text.");
        }
        JsonParseException malformed = find(unreadable, JsonParseException.class);
        if (malformed != null) {
            return malformed(malformed);
        }
        UnrecognizedPropertyException stranger = find(unreadable, UnrecognizedPropertyException.class);
        if (stranger != null) {
            return problem(HttpStatus.BAD_REQUEST, safe(stranger.getPropertyName()), "There is no such field.");
        }
        JsonMappingException mismatch = find(unreadable, JsonMappingException.class);
        return problem(
                HttpStatus.BAD_REQUEST,
                mismatch == null ? "body" : field(mismatch.getPath()),
                "The body must be a JSON object whose fields have the types that the description of the API gives.");
    }

    private static ProblemDetail malformed(JsonParseException malformed) {
        Matcher duplicate = DUPLICATE.matcher(malformed.getOriginalMessage());
        return duplicate.matches()
                ? problem(HttpStatus.BAD_REQUEST, safe(duplicate.group(1)), "The field is there more than once.")
                : problem(HttpStatus.BAD_REQUEST, "body", "The body is not well-formed JSON.");
    }

    private static String field(List<JsonMappingException.Reference> path) {
        return path.isEmpty() || path.get(0).getFieldName() == null
                ? "body"
                : safe(path.get(0).getFieldName());
    }

    private static String safe(String field) {
        return FIELD.matcher(field).matches() ? field : "body";
    }

    private static ProblemDetail problem(HttpStatus status, String field, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty("field", field);
        return problem;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }
}
