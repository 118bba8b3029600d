package dev.lockstep.access;

import dev.lockstep.port.Drills;
import dev.lockstep.port.Operations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.boot.web.servlet.server.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The one chain of filters that every request to every surface passes. */
@Configuration(proxyBeanMethods = false)
class WebSecurityConfiguration {

    /** The engine's webapps set a policy of their own, with a nonce for their scripts; this one is for all else. */
    private static final String CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none';"
            + " base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static final Set<String> PAGES = Set.of("/", "/forecast", "/runbook", "/users", "/password", "/processes");
    private static final List<String> PAGES_BELOW =
            List.of("/camunda/app/", "/credentials/", "/operations/", "/users/", "/processes/");

    private static final String ENGINE_LOGOUT = "/camunda/api/admin/auth/user/*/logout";

    @Bean
    SecurityFilterChain everySurface(
            HttpSecurity http,
            AuthenticationProvider passwordLogin,
            AccessUsers users,
            Operations operations,
            Drills drills,
            RefusalRecord refusals)
            throws Exception {
        SurfaceRules rules = new SurfaceRules(new RequestEnvironment(operations, drills));
        return http.authorizeHttpRequests(rules::apply)
                .httpBasic(basic -> basic.authenticationEntryPoint(new LoginEntryPoint()))
                .formLogin(form -> form.loginPage("/login").permitAll())
                .logout(logout -> logout.logoutRequestMatcher(logoutPaths())
                        .logoutSuccessHandler(WebSecurityConfiguration::loggedOut)
                        .deleteCookies("JSESSIONID"))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(new LoginEntryPoint())
                        .accessDeniedHandler(new Refusal(refusals)))
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new TokenRequired()))
                // A new session takes over nothing, so nothing of an engine login survives a change of user.
                .sessionManagement(sessions -> sessions.sessionFixation(fixation -> fixation.newSession()))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .headers(WebSecurityConfiguration::headers)
                .addFilterBefore(new SameOriginFilter(), CsrfFilter.class)
                .addFilterBefore(WebappLoginForm.filter(passwordLogin), UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new CurrentSessionFilter(users), LogoutFilter.class)
                .addFilterAfter(new EngineRefusals(refusals), AuthorizationFilter.class)
                .build();
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

    @Bean
    WebMvcConfigurer loginPage() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                registry.addViewController("/login").setViewName("login");
            }
        };
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY));
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

    private static void loggedOut(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException {
        if (DecodedPath.of(request).equals("/logout")) {
            response.sendRedirect(request.getContextPath() + "/login?logout");
        } else {
            response.setStatus(HttpServletResponse.SC_OK);
        }
    }
}
