package dev.lockstep.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets people in who come with a token of ours, one request at a time; what it opens is asked of the table each time.
 */
final class PersonalTokenFilter extends OncePerRequestFilter {

    /** Where a token may be; pages and webapps have sessions. */
    private static final Pattern PATHS = Pattern.compile("/(api/v1|engine-rest)(/.*)?");

    private static final String SCHEME = "Bearer ";

    private final AccessSessions sessions;
    private final AccessUsers users;
    private final AuthenticationEntryPoint entry;

    PersonalTokenFilter(AccessSessions sessions, AccessUsers users, AuthenticationEntryPoint entry) {
        this.sessions = sessions;
        this.users = users;
        this.entry = entry;
    }

    /** The token of ours that a request comes with; null when it comes with none. */
    static @Nullable String of(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean ours = header != null
                && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && header.startsWith(PersonalTokens.PREFIX, SCHEME.length())
                && PATHS.matcher(DecodedPath.of(request)).matches();
        return ours ? header.substring(SCHEME.length()) : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String token = of(request);
        try {
            if (token != null) {
                logIn(request, token);
            }
        } catch (AuthenticationException refused) {
            SecurityContextHolder.clearContext();
            entry.commence(request, response, refused);
            return;
        }
        chain.doFilter(request, response);
    }

    private void logIn(HttpServletRequest request, String token) {
        AccessSession session = session(token).orElseThrow(TokenEnded::new);
        SignedInUser user = users.find(session.userId()).map(SignedInUser::of).orElseThrow(TokenEnded::new);
        UsernamePasswordAuthenticationToken login =
                UsernamePasswordAuthenticationToken.authenticated(user, null, user.authorities());
        login.setDetails(new WebAuthenticationDetailsSource().buildDetails(request));
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(login);
        SecurityContextHolder.setContext(context);
        CurrentSessionFilter.belongs(request, session);
    }

    private Optional<AccessSession> session(String token) {
        try {
            return sessions.useToken(PersonalTokens.hash(token));
        } catch (DataAccessException silent) {
            throw new AuthenticationServiceException("the table of sessions does not answer", silent);
        }
    }
}
