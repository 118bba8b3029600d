package dev.lockstep.delivery;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the protocol answers instead of an answer; never carries a secret. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<String> errors;
    private final transient @Nullable Map<String, ?> data;

    private Refused(int status, List<String> errors, @Nullable Map<String, ?> data) {
        super("status " + status + ": " + errors, null, false, false);
        this.status = status;
        this.errors = errors;
        this.data = data;
    }

    static Refused because(int status, String error) {
        return new Refused(status, List.of(error), null);
    }

    /** Does not tell whether there is anything. */
    static Refused denied() {
        return because(403, "permission denied");
    }

    static Refused missing() {
        return new Refused(404, List.of(), null);
    }

    /** There was something, and the protocol tells what. */
    static Refused gone(Map<String, ?> data) {
        return new Refused(404, List.of(), data);
    }

    static Refused method() {
        return because(405, "unsupported operation");
    }

    int status() {
        return status;
    }

    List<String> errors() {
        return errors;
    }

    @Nullable
    Map<String, ?> data() {
        return data;
    }
}
