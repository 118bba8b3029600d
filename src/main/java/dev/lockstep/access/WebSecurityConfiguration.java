package dev.lockstep.access;

import dev.lockstep.port.Drills;
import dev.lockstep.port.Operations;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.server.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AnonymousConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.annotation.web.configurers.SecurityContextConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.RequestContextFilter;

/** The chain of filters that every request to every surface passes, and that of programs that read secrets. */
@Configuration(proxyBeanMethods = false)
@Import(LoginPage.class)
class WebSecurityConfiguration {

    /** The engine's webapps set a policy of their own, with a nonce for their scripts; this one is for all else. */
    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'self'; frame-ancestors 'none'; form-action 'self'";

    private static final Set<String> PAGES = Set.of("/", "/forecast", "/runbook", "/users", "/password", "/processes");
    private static final List<String> PAGES_BELOW =
            List.of("/camunda/app/", "/credentials/", "/operations/", "/users/", "/processes/");

    private static final SimpleUrlAuthenticationFailureHandler LOGIN_FAILED =
            new SimpleUrlAuthenticationFailureHandler("/login?error");

    private static final String ENGINE_LOGOUT = "/camunda/api/admin/auth/user/*/logout";

    /**
     * Programs that read secrets come with a token of their own, which is looked up where they are answered. No
     * session, form or cookie of people counts here.
     */
    @Bean
    @Order(0)
    SecurityFilterChain delivery(HttpSecurity http) throws Exception {
        return http.securityMatcher(request -> DecodedPath.of(request).startsWith("/v1/"))
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable)
                .requestCache(RequestCacheConfigurer::disable)
                .securityContext(SecurityContextConfigurer::disable)
                .anonymous(AnonymousConfigurer::disable)
                .logout(LogoutConfigurer::disable)
                .build();
    }

    @Bean
    static HandlerLookups handlerLookups() {
        return new HandlerLookups();
    }

    /** The verb LIST exists below {@code /v1} only. */
    @Bean
    HttpFirewall firewall() {
        return new ListingFirewall();
    }

    @Bean
    SecurityFilterChain everySurface(
            HttpSecurity http,
            AuthenticationProvider passwordLogin,
            AccessSessions sessions,
            AccessUsers users,
            ObjectProvider<ProviderSurface> provider,
            Operations operations,
            Drills drills,
            StepUpRules stepUp,
            FreshFactor factors,
            RefusalRecord refusals)
            throws Exception {
        SurfaceRules rules = new SurfaceRules(new RequestArea(operations, drills), factors);
        BeginSession begin = new BeginSession(sessions, stepUp);
        ProviderSurface there = provider.getIfAvailable();
        LoginEntryPoint entry = new LoginEntryPoint(there != null);
        if (there != null) {
            there.apply(http, begin);
        }
        return http.authorizeHttpRequests(rules::apply)
                .httpBasic(basic -> basic.authenticationEntryPoint(entry))
                .formLogin(form -> form.loginPage("/login")
                        .permitAll()
                        .failureHandler(WebSecurityConfiguration::notLoggedIn)
                        .withObjectPostProcessor(begin.afterLogin()))
                .logout(logout -> logout.logoutRequestMatcher(logoutPaths())
                        .addLogoutHandler(new EndSession(sessions))
                        .logoutSuccessHandler((request, response, login) -> loggedOut(there, request, response, login))
                        .deleteCookies("JSESSIONID"))
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(entry).accessDeniedHandler(new Refusal(refusals, factors)))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new TokenRequired()))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .headers(headers -> headers(headers, there))
                .addFilterBefore(new SameOriginFilter(), CsrfFilter.class)
                .addFilterBefore(
                        WebappLoginForm.filter(passwordLogin, begin), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new CurrentSessionFilter(sessions), LogoutFilter.class)
                .addFilterBefore(new PersonalTokenFilter(sessions, users, entry), BasicAuthenticationFilter.class)
                .addFilterAfter(new EngineRefusals(refusals), AuthorizationFilter.class)
                .build();
    }

    /** Before the login, which needs to know the request; otherwise the engine's interface brings one that is later. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> requestOfThread() {
        FilterRegistrationBean<RequestContextFilter> filter = new FilterRegistrationBean<>(new RequestContextFilter());
        filter.setName("requestOfThread");
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 5);
        return filter;
    }

    /** Measures logins, but neither counts nor traces every filter of every request. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.withDefaults()
                .shouldObserveRequests(false)
                .shouldObserveAuthorizations(false)
                .shouldObserveAuthentications(true)
                .build();
    }

    @Bean
    CookieSameSiteSupplier laxCookies() {
        return CookieSameSiteSupplier.ofLax();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, @Nullable ProviderSurface provider) {
        // Browsers hold a form to this also where its answer leads, and a log-out leads to the provider.
        String forms = provider == null ? "" : " " + provider.origin();
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY + forms));
        headers.referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN));
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::deny);
    }

    /** After the login somebody comes back to the page that was asked for; what scripts asked for is forgotten. */
    private static HttpSessionRequestCache pagesOnly() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request ->
                HttpMethod.GET.matches(request.getMethod()) && Browser.opensPage(request) && isPage(request));
        return cache;
    }

    private static boolean isPage(HttpServletRequest request) {
        String path = DecodedPath.of(request);
        return PAGES.contains(path) || PAGES_BELOW.stream().anyMatch(path::startsWith);
    }

    /** The engine's own log-out only forgets its half of the login, so it is ours instead. */
    private static RequestMatcher logoutPaths() {
        PathPatternRequestMatcher.Builder post = PathPatternRequestMatcher.withDefaults();
        return new OrRequestMatcher(
                post.matcher(HttpMethod.POST, "/logout"), post.matcher(HttpMethod.POST, ENGINE_LOGOUT));
    }

    /** The page says what is to be done; nothing on it tells a wrong user from a wrong password. */
    private static void notLoggedIn(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException, ServletException {
        if (refused instanceof TooManyLogins limited) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(limited.retryAfter().toSeconds()));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value(), TooManyLogins.SENTENCE);
        } else {
            LOGIN_FAILED.onAuthenticationFailure(request, response, refused);
        }
    }

    private static void loggedOut(
            @Nullable ProviderSurface provider,
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Authentication login)
            throws IOException, ServletException {
        if (provider != null
                && DecodedPath.of(request).equals("/logout")
                && login != null
                && login.getPrincipal() instanceof ProviderUser) {
            provider.logOutThere(request, response, login);
        } else if (DecodedPath.of(request).equals("/logout")) {
            response.sendRedirect(request.getContextPath() + "/login?logout");
        } else {
            response.setStatus(HttpServletResponse.SC_OK);
        }
    }
}
