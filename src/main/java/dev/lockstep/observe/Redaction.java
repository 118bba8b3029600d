package dev.lockstep.observe;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.LockstepException;
import dev.lockstep.domain.PermanentException;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of the exceptions that leave an adapter, because the engine stores exception text word for word.
 * Nothing is looked at until a call fails.
 */
final class Redaction implements Around {

    private final String subject;

    /** @param subject what the adapter talks to, in words for a message */
    Redaction(String subject) {
        this.subject = subject;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked")
    public @Nullable Object call(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (LockstepException failure) {
            throw scrubbed(failure, call);
        } catch (Throwable defect) {
            throw replaced(defect, call);
        }
    }

    private LockstepException scrubbed(LockstepException failure, Call call) {
        List<SecretValue> secrets = call.arguments().stream()
                .filter(SecretValue.class::isInstance)
                .map(SecretValue.class::cast)
                .toList();
        if (secrets.isEmpty()) {
            return failure;
        }
        Spellings spellings;
        try {
            spellings = Spellings.of(secrets);
        } catch (IllegalStateException wiped) {
            return like(failure, call.name() + " failed on " + subject + "; its message could not be checked", null);
        }
        String message = text(failure);
        boolean below = dirty(failure, spellings);
        return below || spellings.in(message)
                ? like(failure, spellings.scrub(message), below ? null : failure.getCause())
                : failure;
    }

    /** Whether a cause or suppressed exception, however deep, carries a secret in its text. */
    private static boolean dirty(Throwable top, Spellings spellings) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(top));
        while (!open.isEmpty()) {
            Throwable next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (next != top && (spellings.in(next.toString()) || spellings.in(text(next)))) {
                return true;
            }
            if (next.getCause() != null) {
                open.push(next.getCause());
            }
            open.addAll(List.of(next.getSuppressed()));
        }
        return false;
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static LockstepException like(LockstepException failure, String message, @Nullable Throwable cause) {
        LockstepException copy = failure instanceof PermanentException
                ? new PermanentException(failure.code(), message, cause)
                : new RetryableException(failure.code(), message, cause);
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    /** The text of an exception that nobody translated is not to be trusted: only its type goes on. */
    private LockstepException replaced(Throwable defect, Call call) {
        String message = "%s on %s ended with %s, which the adapter should have translated; its text is withheld"
                .formatted(call.name(), subject, defect.getClass().getName());
        boolean sameAgain =
                defect instanceof IllegalArgumentException || defect instanceof UnsupportedOperationException;
        LockstepException translated = sameAgain
                ? new PermanentException(FailureCode.INTERNAL_ERROR, message)
                : new RetryableException(FailureCode.INTERNAL_ERROR, message);
        translated.setStackTrace(defect.getStackTrace());
        return translated;
    }
}
