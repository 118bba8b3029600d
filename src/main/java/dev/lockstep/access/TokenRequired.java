package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which requests must carry our token against cross-site request forgery.
 *
 * <p>A forged request succeeds only by something that the browser adds by itself. So every request that changes
 * something needs the token, except:
 *
 * <ul>
 *   <li>the engine's webapps, whose own filter asks for a token of theirs (cookie {@code XSRF-TOKEN}, header
 *       {@code X-XSRF-TOKEN}); asking for a second one would break them;
 *   <li>the provider's word that somebody has logged out, which is signed and comes without a session;
 *   <li>the REST interfaces when no session logs the request in: then it carries a password, which a script sets and a
 *       browser adds only after it was prompted for one. {@link LoginEntryPoint} prompts no browser, and
 *       {@link SameOriginFilter} refuses what comes from a foreign page all the same.
 * </ul>
 */
final class TokenRequired implements RequestMatcher {

    private static final Pattern WEBAPPS = Pattern.compile("/camunda/(api|app)/.*");
    private static final Pattern REST = Pattern.compile("/(api|engine-rest|actuator)/.*");

    private final HttpSessionSecurityContextRepository sessions = new HttpSessionSecurityContextRepository();

    @Override
    public boolean matches(HttpServletRequest request) {
        if (ReadOnlyMethod.is(request)) {
            return false;
        }
        String path = DecodedPath.of(request);
        if (WEBAPPS.matcher(path).matches() || path.equals(BackChannelLogout.PATH)) {
            return false;
        }
        return !REST.matcher(path).matches() || sessions.containsContext(request);
    }
}
