package dev.lockstep.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import jakarta.servlet.DispatcherType;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Which path is which action; the first rule that matches decides, and what no rule names is refused. */
final class SurfaceRules {

    private static final RequestMatcher CHANGE = request -> !ReadOnlyMethod.is(request);

    private final RequestEnvironment environments;

    SurfaceRules(RequestEnvironment environments) {
        this.environments = environments;
    }

    void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        // The error page belongs to a request that was judged before.
        rules.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        // Editors fetch the schemas, which are the same everywhere, and have no login.
        rules.requestMatchers(
                        paths("/actuator/health/**", "/login", "/lockstep.css", "/favicon.ico", "/schemas/*.json"))
                .permitAll();
        rules.requestMatchers(paths("/password")).authenticated();
        engine(rules);
        rules.requestMatchers(paths("/actuator/prometheus", "/actuator/metrics/**", "/actuator/info"))
                .access(may(Action.READ));
        rules.requestMatchers(paths("/actuator/**")).access(may(Action.INSPECT));
        rules.requestMatchers(paths("/api/v1/audit/**")).access(may(Action.READ_AUDIT));
        rules.requestMatchers(paths("/api/v1/users/**", "/users/**")).access(may(Action.MANAGE_USERS));
        rules.requestMatchers(changes(
                        "/api/v1/signals/**",
                        "/api/v1/incidents/**",
                        "/incidents/**",
                        "/api/v1/drills/**",
                        "/drills/**",
                        "/api/v1/credentials/*/*/*/*/drills"))
                .access(may(Action.RESPOND));
        rules.requestMatchers(paths("/credentials/*/*/*/*/report-leak", "/credentials/*/*/*/*/drill"))
                .access(may(Action.RESPOND));
        rules.requestMatchers(changes("/api/v1/plans", "/configuration/plan")).access(may(Action.PLAN));
        rules.requestMatchers(changes("/api/v1/plans/**", "/api/v1/configuration/**", "/configuration/**"))
                .access(may(Action.CONFIGURE));
        rules.requestMatchers(changes("/api/v1/processes/**", "/processes/**")).access(may(Action.DEPLOY));
        rules.requestMatchers(paths("/processes/try")).access(may(Action.DEPLOY));
        rules.requestMatchers(changes(
                        "/api/v1/**", "/credentials/**", "/operations/**", "/unmanaged-accounts/**", "/access-reviews"))
                .access(may(Action.OPERATE));
        rules.requestMatchers(paths(
                        "/credentials/request",
                        "/credentials/*/*/*/*/rotate",
                        "/credentials/*/*/*/*/decommission",
                        "/operations/*/roll-back",
                        "/operations/*/cancel",
                        "/operations/*/resume"))
                .access(may(Action.OPERATE));
        rules.requestMatchers(paths("/api/v1/**", "/v3/api-docs/**")).access(may(Action.READ));
        rules.requestMatchers(paths(
                        "/credentials/**",
                        "/operations/**",
                        "/incidents/**",
                        "/unmanaged-accounts/**",
                        "/processes/**",
                        "/configuration/**",
                        "/access-reviews",
                        "/drills/**",
                        "/forecast",
                        "/runbook"))
                .access(may(Action.READ));
        rules.requestMatchers(withDefaults().matcher(HttpMethod.GET, "/")).access(may(Action.READ));
        rules.anyRequest().denyAll();
    }

    /** Finer rules are the engine's own authorizations; these keep out what must not be reached at all. */
    private void engine(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        rules.requestMatchers(new SetupPaths()).denyAll();
        // There is one user store, and it is not the engine's: neither changes nor password checks there.
        rules.requestMatchers(changes(engineRest("/group/count"))).access(may(Action.USE_ENGINE));
        rules.requestMatchers(changes(engineRest("/user/**", "/group/*/**", "/tenant/**", "/identity/**")))
                .denyAll();
        rules.requestMatchers(changes(engineRest("/deployment/**"))).access(may(Action.DEPLOY));
        rules.requestMatchers(paths("/engine-rest/**", "/camunda/**")).access(may(Action.USE_ENGINE));
    }

    /** A login that has no roles of ours may do nothing. */
    private AuthorizationManager<RequestAuthorizationContext> may(Action action) {
        return (login, context) -> AccessRules.explain(
                grants(login.get()),
                action,
                action.touchesCredentials() ? environments.of(context.getRequest()) : null);
    }

    private static Grants grants(Authentication login) {
        return login.getPrincipal() instanceof SignedInUser user ? user.grants() : Grants.NONE;
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
}
