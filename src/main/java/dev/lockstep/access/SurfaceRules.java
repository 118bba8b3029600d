package dev.lockstep.access;

import static org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher.withDefaults;

import dev.lockstep.domain.Area;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

    /** What counts the instances of all environments. */
    private static final Pattern COUNTS =
            Pattern.compile("/(engine-rest|camunda/api)/(.*/)?(statistics|statistics-count|metrics|report)(/.*)?");

    private final RequestArea areas;
    private final FreshFactor factors;

    SurfaceRules(RequestArea areas, FreshFactor factors) {
        this.areas = areas;
        this.factors = factors;
    }

    void apply(AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules) {
        // The error page belongs to a request that was judged before.
        rules.dispatcherTypeMatchers(DispatcherType.ERROR).permitAll();
        // Editors fetch the schemas, which are the same everywhere, and have no login.
        rules.requestMatchers(
                        paths("/actuator/health/**", "/login", "/lockstep.css", "/favicon.ico", "/schemas/*.json"))
                .permitAll();
        // Other systems report leaks here: no login, but a signature that is checked before anything is read.
        rules.requestMatchers(withDefaults().matcher(HttpMethod.POST, "/api/v1/hooks/{source}"))
                .permitAll();
        // Who logs in is nobody yet.
        rules.requestMatchers(withDefaults().matcher(HttpMethod.POST, "/api/v1/login"))
                .permitAll();
        rules.requestMatchers(paths("/second-factor/**")).authenticated();
        // Everybody asks about themselves; who answers refuses questions about others.
        rules.requestMatchers(paths("/password", "/sessions/**", "/api/v1/me/**", "/api/v1/access/explanations"))
                .access(SurfaceRules::whole);
        engine(rules);
        rules.requestMatchers(paths("/actuator/info")).access(somewhere(Action.READ));
        rules.requestMatchers(paths("/actuator/prometheus", "/actuator/metrics/**"))
                .access(may(Action.READ));
        rules.requestMatchers(paths("/actuator/**")).access(may(Action.INSPECT));
        rules.requestMatchers(paths("/api/v1/audit/events", "/api/v1/audit/evidence", "/api/v1/audit/evidence.html"))
                .access(somewhere(Action.READ_AUDIT));
        rules.requestMatchers(paths("/api/v1/audit/**")).access(may(Action.READ_AUDIT));
        rules.requestMatchers(paths("/api/v1/users/**", "/users/**")).access(may(Action.MANAGE_USERS));
        // Scanners report leaks, and have no second factor.
        rules.requestMatchers(changes("/api/v1/signals/**")).access(may(Action.RESPOND, false));
        rules.requestMatchers(changes(
                        "/api/v1/incidents/**",
                        "/incidents/**",
                        "/api/v1/drills/**",
                        "/drills/**",
                        "/api/v1/credentials/*/*/*/*/drills"))
                .access(may(Action.RESPOND));
        rules.requestMatchers(
                        paths("/credentials/*/*/*/*/report-leak", "/credentials/*/*/*/*/drill", "/incidents/import"))
                .access(may(Action.RESPOND));
        rules.requestMatchers(paths("/api/v1/inventory/export")).access(somewhere(Action.READ));
        // Changes nothing: a list becomes documents.
        rules.requestMatchers(paths("/api/v1/inventory/**")).access(may(Action.READ));
        rules.requestMatchers(changes("/api/v1/identities/**", "/programs/**")).access(may(Action.ADMIT));
        rules.requestMatchers(changes("/api/v1/plans", "/configuration/plan")).access(may(Action.PLAN));
        rules.requestMatchers(changes("/api/v1/plans/**", "/api/v1/configuration/**", "/configuration/**"))
                .access(may(Action.CONFIGURE));
        rules.requestMatchers(changes("/api/v1/processes/**", "/processes/**")).access(may(Action.DEPLOY));
        rules.requestMatchers(paths("/processes/try")).access(may(Action.DEPLOY));
        // Their bodies tell the environment: who takes them in asks once more.
        rules.requestMatchers(changes("/api/v1/credentials", "/api/v1/decommissions"))
                .access(somewhere(Action.OPERATE));
        rules.requestMatchers(paths("/credentials/request")).access(somewhere(Action.OPERATE));
        rules.requestMatchers(changes(
                        "/api/v1/**", "/credentials/**", "/operations/**", "/unmanaged-accounts/**", "/access-reviews"))
                .access(may(Action.OPERATE));
        rules.requestMatchers(paths(
                        "/credentials/*/*/*/*/rotate",
                        "/credentials/*/*/*/*/decommission",
                        "/operations/*/roll-back",
                        "/operations/*/cancel",
                        "/operations/*/resume"))
                .access(may(Action.OPERATE));
        rules.requestMatchers(paths(
                        "/api/v1/credentials",
                        "/api/v1/operations",
                        "/api/v1/tasks",
                        "/api/v1/incidents/**",
                        "/api/v1/drills",
                        "/api/v1/decommissions/*",
                        "/api/v1/forecast",
                        "/incidents/**",
                        "/drills",
                        "/forecast",
                        "/runbook",
                        "/v3/api-docs/**",
                        "/v3/api-docs.yaml"))
                .access(somewhere(Action.READ));
        rules.requestMatchers(paths("/api/v1/**")).access(may(Action.READ));
        rules.requestMatchers(paths(
                        "/credentials/**",
                        "/operations/**",
                        "/unmanaged-accounts/**",
                        "/programs/**",
                        "/processes/**",
                        "/configuration/**",
                        "/access-reviews",
                        "/drills/**"))
                .access(may(Action.READ));
        rules.requestMatchers(withDefaults().matcher(HttpMethod.GET, "/")).access(somewhere(Action.READ));
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
        rules.requestMatchers(SurfaceRules::countsInstances).access(wholeEngine());
        rules.requestMatchers(paths("/engine-rest/**", "/camunda/**")).access(may(Action.USE_ENGINE));
    }

    /** The engine shows such numbers to whoever may see a model, in whatever spelling it is asked. */
    private static boolean countsInstances(HttpServletRequest request) {
        return COUNTS.matcher(DecodedPath.of(request)).matches();
    }

    private AuthorizationManager<RequestAuthorizationContext> wholeEngine() {
        return (login, context) -> {
            Verdict comesIn = AccessRules.explain(grants(login.get()), Action.USE_ENGINE, Area.EVERYTHING);
            Verdict whole = whole(login, context);
            if (!comesIn.isGranted() || !whole.isGranted()) {
                return whole.isGranted() ? comesIn : whole;
            }
            return judged(login.get(), context.getRequest(), Action.READ, false);
        };
    }

    /** A login that has no roles of ours may do nothing. */
    private AuthorizationManager<RequestAuthorizationContext> may(Action action) {
        return may(action, action.cannotBeTakenBack());
    }

    /** @param fresh whether changes need a fresh second factor, where that is configured */
    private AuthorizationManager<RequestAuthorizationContext> may(Action action, boolean fresh) {
        return (login, context) -> {
            Verdict whole = whole(login, context);
            return whole.isGranted() ? judged(login.get(), context.getRequest(), action, fresh) : whole;
        };
    }

    /** Who answers shows, or does, no more than what the roles reach. */
    private static AuthorizationManager<RequestAuthorizationContext> somewhere(Action action) {
        return (login, context) -> {
            Verdict whole = whole(login, context);
            return whole.isGranted() ? AccessRules.somewhere(grants(login.get()), action) : whole;
        };
    }

    private static Grants grants(Authentication login) {
        return SignedInUser.of(login).map(SignedInUser::grants).orElse(Grants.NONE);
    }

    private Verdict judged(Authentication login, HttpServletRequest request, Action action, boolean fresh) {
        Area about = action.hasArea() ? areas.of(request) : Area.EVERYTHING;
        Verdict byRoles = AccessRules.explain(grants(login), action, about);
        boolean enough = !byRoles.isGranted()
                || !fresh
                || ReadOnlyMethod.is(request)
                || factors.suffices(login, request, about.environment());
        return enough ? byRoles : Verdict.lacking(Verdict.Lacks.FRESH_FACTOR);
    }

    /** Whether the login has everything that belongs to it. */
    private static Verdict whole(Supplier<Authentication> login, RequestAuthorizationContext context) {
        Optional<SignedInUser> user = SignedInUser.of(login.get());
        if (user.isEmpty()) {
            return Verdict.refused("nobody is logged in");
        }
        return FreshFactor.due(user.get(), context.getRequest())
                ? Verdict.lacking(Verdict.Lacks.FACTOR)
                : Verdict.allowed("by the login");
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
