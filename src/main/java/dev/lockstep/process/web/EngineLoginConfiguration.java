package dev.lockstep.process.web;

import java.util.Map;
import org.camunda.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Sets the engine's login for each request, after the security filters and before the engine's own filters. */
@Configuration(proxyBeanMethods = false)
class EngineLoginConfiguration {

    private static final Map<String, String> PROVIDER =
            Map.of(ProcessEngineAuthenticationFilter.AUTHENTICATION_PROVIDER_PARAM, EngineLogin.class.getName());

    /** Clears the login when the request ends, however it ends, because the thread goes on to serve others. */
    @Bean
    FilterRegistrationBean<ProcessEngineAuthenticationFilter> engineRestLogin() {
        FilterRegistrationBean<ProcessEngineAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ProcessEngineAuthenticationFilter());
        filter.setName("engineRestLogin");
        filter.addUrlPatterns("/engine-rest/*");
        filter.setInitParameters(PROVIDER);
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        return filter;
    }

    @Bean
    FilterRegistrationBean<WebappLoginFilter> webappLogin() {
        FilterRegistrationBean<WebappLoginFilter> filter = new FilterRegistrationBean<>(new WebappLoginFilter());
        filter.setName("webappLogin");
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setInitParameters(PROVIDER);
        filter.setOrder(Ordered.LOWEST_PRECEDENCE - 10);
        return filter;
    }
}
