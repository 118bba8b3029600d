package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Answers the login form that an open page of the engine's webapps shows when its session ends: the same check as on
 * the login page, so that the engine's own check of passwords is never reached.
 */
final class WebappLoginForm {

    private static final String PATH = "/camunda/api/admin/auth/user/*/login/*";

    private WebappLoginForm() {}

    static UsernamePasswordAuthenticationFilter filter(AuthenticationProvider passwordLogin, BeginSession begin) {
        UsernamePasswordAuthenticationFilter filter =
                new UsernamePasswordAuthenticationFilter(new ProviderManager(passwordLogin));
        filter.setRequiresAuthenticationRequestMatcher(
                PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, PATH));
        filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
        filter.setSessionAuthenticationStrategy(begin);
        filter.setAuthenticationSuccessHandler(WebappLoginForm::tellWhoIsLoggedIn);
        filter.setAuthenticationFailureHandler(new LoginEntryPoint(false)::commence);
        return filter;
    }

    /** The form expects the user and the webapps that are open to it, as the address above it gives them. */
    private static void tellWhoIsLoggedIn(
            HttpServletRequest request, HttpServletResponse response, Authentication login) throws IOException {
        String path = request.getRequestURI();
        response.sendRedirect(path.substring(0, path.lastIndexOf("/login/")));
    }
}
