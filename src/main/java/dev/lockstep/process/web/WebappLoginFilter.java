package dev.lockstep.process.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.jspecify.annotations.Nullable;

/**
 * Puts the login into the session of the engine's webapps, also when they ask who is logged in, which Camunda's filter
 * leaves out: without that a webapp shows a login form of its own after each new session.
 */
public final class WebappLoginFilter extends ContainerBasedAuthenticationFilter {

    private static final Pattern WHO_AM_I = Pattern.compile("/api/admin/auth/user/([^/]+)");

    @Override
    protected @Nullable String extractEngineName(HttpServletRequest request) {
        Matcher whoAmI = WHO_AM_I.matcher(getRequestUri(request));
        return whoAmI.matches() ? whoAmI.group(1) : super.extractEngineName(request);
    }
}
