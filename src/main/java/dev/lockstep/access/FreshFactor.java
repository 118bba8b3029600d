package dev.lockstep.access;

import dev.lockstep.port.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Whether somebody has given a second factor, and lately enough. */
final class FreshFactor implements StepUp {

    private final StepUpRules rules;
    private final Clock clock;

    FreshFactor(StepUpRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Whether the login itself lacks its second factor, so that it opens nothing. */
    static boolean due(SignedInUser user, HttpServletRequest request) {
        return CurrentSessionFilter.of(request).map(AccessSession::factorDue).orElse(user.secondFactor());
    }

    /** Whether something may be done now, as far as the second factor goes. */
    boolean suffices(Authentication login, HttpServletRequest request, @Nullable String environment) {
        return !rules.cover(environment) || fresh(givenAt(login, request));
    }

    private @Nullable Instant givenAt(Authentication login, HttpServletRequest request) {
        Optional<AccessSession> session = CurrentSessionFilter.of(request);
        if (session.isPresent()) {
            return session.get().factorAt();
        }
        return login.getCredentials() instanceof Jwt token && rules.told(token.getClaims())
                ? token.getClaimAsInstant("auth_time")
                : null;
    }

    private boolean fresh(@Nullable Instant givenAt) {
        return givenAt != null && clock.instant().isBefore(givenAt.plus(rules.within()));
    }

    /** As RFC 9470 has it. */
    void challenge(HttpServletResponse response) {
        String levels = rules.acr().isEmpty() ? "" : ", acr_values=\"" + String.join(" ", rules.acr()) + "\"";
        response.addHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer realm=\"Lockstep\", error=\"insufficient_user_authentication\", error_description=\""
                        + sentence() + "\"" + levels + ", max_age="
                        + rules.within().toSeconds());
    }

    String sentence() {
        return "This needs a second factor that is not older than "
                + rules.within().toMinutes()
                + " minutes: give it at /second-factor, or log in anew on the command line, then do it again.";
    }

    @Override
    public Optional<String> objection(@Nullable String environment) {
        Authentication login = SecurityContextHolder.getContext().getAuthentication();
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes here)
                || SignedInUser.of(login).isEmpty()
                || suffices(login, here.getRequest(), environment)) {
            return Optional.empty();
        }
        HttpServletResponse response = here.getResponse();
        if (response != null) {
            challenge(response);
        }
        return Optional.of(sentence());
    }
}
