package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The engine's set-up pages, which create an administrator without login as long as the engine has none.
 *
 * <p>Looks at the path as the container has decoded it, in any case. Semicolons, double slashes and encoded slashes do
 * not come this far: the firewall refuses them.
 */
final class SetupPaths implements RequestMatcher {

    private static final Pattern SETUP = Pattern.compile("/camunda/(app|api/admin)/(.*/)?setup(/.*)?");

    @Override
    public boolean matches(HttpServletRequest request) {
        return SETUP.matcher(DecodedPath.of(request).toLowerCase(Locale.ROOT)).matches();
    }
}
