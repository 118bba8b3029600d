package dev.lockstep.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What a configured provider adds to the chain of filters. */
final class ProviderSurface {

    /** Where programs may come with a token; pages and webapps have sessions. */
    private static final Pattern TOKENS = Pattern.compile("/(api/v1|engine-rest)(/.*)?");

    /** Parameter with which the login at the provider asks for a second factor. */
    private static final String STEP_UP = "step-up";

    private static final String LOGIN = "/oauth2/authorization";

    private final ProviderProperties provider;
    private final StepUpRules stepUp;
    private final ProviderClient client;
    private final ProviderLogin login;
    private final ProviderTokenLogin tokens;
    private final ProviderSessionFilter sessions;
    private final BackChannelLogout backChannel;

    ProviderSurface(
            ProviderProperties provider,
            StepUpRules stepUp,
            ProviderClient client,
            ProviderLogin login,
            ProviderTokenLogin tokens,
            ProviderSessionFilter sessions,
            BackChannelLogout backChannel) {
        this.provider = provider;
        this.stepUp = stepUp;
        this.client = client;
        this.login = login;
        this.tokens = tokens;
        this.sessions = sessions;
        this.backChannel = backChannel;
    }

    void apply(HttpSecurity http, BeginSession begin) throws Exception {
        WayBackRequests wayBack = new WayBackRequests();
        http.oauth2Login(oauth -> oauth.loginPage("/login")
                        .clientRegistrationRepository(client)
                        .authorizedClientRepository(new ProviderTokens())
                        .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(requests())
                                .authorizationRequestRepository(wayBack))
                        .tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(codes()))
                        .userInfoEndpoint(endpoint -> endpoint.oidcUserService(login))
                        .successHandler(wayBack)
                        .failureHandler(ProviderSurface::sendBack)
                        .withObjectPostProcessor(begin.afterLogin())
                        .withObjectPostProcessor(sendingBack()))
                .oauth2ResourceServer(server -> server.bearerTokenResolver(bearer())
                        .authenticationManagerResolver(request -> tokens::authenticate)
                        .authenticationEntryPoint(new LoginEntryPoint(true))
                        .withObjectPostProcessor(answering()))
                .addFilterBefore(sessions, LogoutFilter.class)
                .addFilterBefore(backChannel, LogoutFilter.class);
    }

    /** Ends the provider's session as well; the provider then leads back to the login page. */
    void logOutThere(HttpServletRequest request, HttpServletResponse response, Authentication login)
            throws IOException, ServletException {
        OidcClientInitiatedLogoutSuccessHandler there = new OidcClientInitiatedLogoutSuccessHandler(client);
        there.setPostLogoutRedirectUri("{baseUrl}/login?logout");
        there.setDefaultTargetUrl("/login?logout");
        there.onLogoutSuccess(request, response, login);
    }

    /** As browsers compare it. */
    String origin() {
        URI issuer = URI.create(provider.issuer());
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }

    String name() {
        return provider.name();
    }

    private static OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes() {
        RestClientAuthorizationCodeTokenResponseClient client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(ProviderHttp.tokens());
        return client;
    }

    private OAuth2AuthorizationRequestResolver requests() {
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(client, LOGIN);
        requests.setAuthorizationRequestCustomizer(
                OAuth2AuthorizationRequestCustomizers.withPkce().andThen(this::askForFactor));
        return requests;
    }

    /** Who comes for a second factor logs in anew, so that the provider tells a new time. */
    private void askForFactor(OAuth2AuthorizationRequest.Builder asked) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes here
                && here.getRequest().getParameter(STEP_UP) != null) {
            String next = here.getRequest().getParameter(WayBackRequests.NEXT);
            if (next != null) {
                asked.attributes(kept -> kept.put(WayBackRequests.NEXT, WayBack.local(next)));
            }
            asked.additionalParameters(more -> {
                more.put("prompt", "login");
                if (!stepUp.acr().isEmpty()) {
                    more.put("acr_values", String.join(" ", stepUp.acr()));
                }
            });
        }
    }

    private static BearerTokenResolver bearer() {
        DefaultBearerTokenResolver header = new DefaultBearerTokenResolver();
        return request -> TOKENS.matcher(DecodedPath.of(request)).matches() && PersonalTokenFilter.of(request) == null
                ? header.resolve(request)
                : null;
    }

    private static ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> sendingBack() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(ProviderSurface::sendBack);
                return filter;
            }
        };
    }

    /** A provider that does not answer is no error of ours: the entry point says so. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(new LoginEntryPoint(true)::commence);
                return filter;
            }
        };
    }

    private static void sendBack(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refused)
            throws IOException {
        response.sendRedirect(
                request.getContextPath() + "/login?provider=" + reason(refused).code());
    }

    private static ProviderRefusal.Reason reason(@Nullable AuthenticationException refused) {
        if (refused instanceof ProviderRefusal here) {
            return here.reason();
        }
        boolean silent =
                refused instanceof ProviderSilent || (refused != null && refused.getCause() instanceof ProviderSilent);
        return silent ? ProviderRefusal.Reason.UNREACHABLE : ProviderRefusal.Reason.FAILED;
    }
}
