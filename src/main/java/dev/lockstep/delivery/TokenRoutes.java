package dev.lockstep.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.domain.SecretValue;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a token may ask about itself. */
final class TokenRoutes {

    private static final Pattern DURATION = Pattern.compile("(?:([0-9]{1,7})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s?)?");

    private final Tokens tokens;

    TokenRoutes(Tokens tokens) {
        this.tokens = tokens;
    }

    Reply lookUp(Caller caller, Ask ask) {
        return Reply.data(tokens.describe(caller, SecretValue.of(ask.token())));
    }

    Reply renew(Caller caller, Ask ask) throws IOException {
        return Reply.auth(
                tokens.renew(caller, duration("increment", ask.body().path("increment")), SecretValue.of(ask.token())));
    }

    Reply revoke(Caller caller) {
        tokens.revoke(caller);
        return Reply.empty();
    }

    Reply create(Caller caller, Ask ask) throws IOException {
        JsonNode body = ask.body();
        JsonNode wanted = body.hasNonNull("explicit_max_ttl") ? body.path("explicit_max_ttl") : body.path("ttl");
        Optional<Duration> ttl = duration("ttl", body.path("ttl"));
        Optional<Duration> most = duration("explicit_max_ttl", wanted);
        return Reply.auth(tokens.child(
                caller,
                most.filter(limit -> ttl.isEmpty() || limit.compareTo(ttl.get()) < 0)
                        .or(() -> ttl)));
    }

    /** Seconds as a number or a text, or a text like {@code 1h30m}; empty when it is missing or nothing. */
    private static Optional<Duration> duration(String field, JsonNode value) {
        String text = value.isMissingNode() || value.isNull()
                ? ""
                : value.asText().strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text);
        try {
            if (matcher.matches()) {
                Duration sum = Duration.ofHours(number(matcher.group(1)))
                        .plusMinutes(number(matcher.group(2)))
                        .plusSeconds(number(matcher.group(3)));
                return Optional.of(sum).filter(found -> !found.isZero());
            }
        } catch (ArithmeticException | DateTimeException tooLong) {
            // Said below.
        }
        throw Refused.because(400, field + ": write a number of seconds, or a text like 1h30m");
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
