package dev.lockstep.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which role opens which path; the first rule that matches decides, and what no rule names is refused. */
final class SurfaceRules {

    private static final RequestMatcher CHANGE = request -> !ReadOnlyMethod.is(request);

    private static final String[] ENGINE_USERS =
            roles(Role.OPERATOR, Role.APPROVER, Role.SECURITY, Role.AUDITOR, Role.DESIGNER, Role.ADMINISTRATOR);

    private SurfaceRules() {}

    static void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        // The error page belongs to a request that was judged before.
        rules.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        rules.requestMatchers(paths("/actuator/health/**", "/login", "/lockstep.css", "/favicon.ico"))
                .permitAll();
        engine(rules);
        rules.requestMatchers(paths("/actuator/prometheus", "/actuator/metrics/**", "/actuator/info"))
                .hasAnyRole(roles(Role.values()));
        rules.requestMatchers(paths("/actuator/**")).hasAnyRole(roles(Role.ADMINISTRATOR));
        rules.requestMatchers(paths("/api/v1/audit/**")).hasAnyRole(roles(Role.AUDITOR, Role.ADMINISTRATOR));
        rules.requestMatchers(paths("/api/v1/signals", "/credentials/*/*/*/*/report-leak"))
                .hasAnyRole(roles(Role.OPERATOR, Role.SECURITY));
        rules.requestMatchers(changes("/api/v1/**")).hasAnyRole(roles(Role.OPERATOR));
        rules.requestMatchers(paths("/api/v1/**", "/v3/api-docs/**")).hasAnyRole(roles(Role.values()));
        rules.requestMatchers(changes("/credentials/**", "/operations/**", "/incidents/**"))
                .hasAnyRole(roles(Role.OPERATOR));
        rules.requestMatchers(paths("/credentials/*/*/*/*/rotate", "/operations/*/roll-back", "/operations/*/resume"))
                .hasAnyRole(roles(Role.OPERATOR));
        rules.requestMatchers(paths("/credentials/**", "/operations/**", "/incidents/**", "/runbook"))
                .hasAnyRole(roles(Role.values()));
        rules.requestMatchers(withDefaults().matcher(HttpMethod.GET, "/")).hasAnyRole(roles(Role.values()));
        rules.anyRequest().denyAll();
    }

    /** Finer rules are the engine's own authorizations; these keep out what must not be reached at all. */
    private static void engine(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        rules.requestMatchers(new SetupPaths()).denyAll();
        // There is one user store, and it is not the engine's: neither changes nor password checks there.
        rules.requestMatchers(changes(engineRest("/group/count"))).hasAnyRole(ENGINE_USERS);
        rules.requestMatchers(changes(engineRest("/user/**", "/group/*/**", "/tenant/**", "/identity/**")))
                .denyAll();
        rules.requestMatchers(changes(engineRest("/deployment/**")))
                .hasAnyRole(roles(Role.DESIGNER, Role.ADMINISTRATOR));
        rules.requestMatchers(paths("/engine-rest/**", "/camunda/**")).hasAnyRole(ENGINE_USERS);
    }

    /** The three places at which the engine's REST interface offers the same resources. */
    private static String[] engineRest(String... resources) {
        return Stream.of("/engine-rest", "/engine-rest/engine/*", "/camunda/api/engine/engine/*")
                .flatMap(root -> Arrays.stream(resources).map(resource -> root + resource))
                .toArray(String[]::new);
    }

    private static RequestMatcher[] paths(String... patterns) {
        return Arrays.stream(patterns)
                .map(pattern -> withDefaults().matcher(pattern))
                .toArray(RequestMatcher[]::new);
    }

    private static RequestMatcher[] changes(String... patterns) {
        return Arrays.stream(paths(patterns))
                .map(path -> new AndRequestMatcher(path, CHANGE))
                .toArray(RequestMatcher[]::new);
    }

    private static String[] roles(Role... roles) {
        return Arrays.stream(roles).map(Role::name).toArray(String[]::new);
    }
}
