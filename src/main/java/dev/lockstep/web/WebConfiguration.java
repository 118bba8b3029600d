package dev.lockstep.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Makes every way into the web surfaces strict, and every refusal readable. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    private static final int DEEPEST_JSON = 64;

    /** What is not exactly what the API asks for is refused rather than guessed. */
    @Bean
    Jackson2ObjectMapperBuilderCustomizer strictJson() {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST_JSON)
                .maxStringLength(BodyLimitFilter.MOST)
                .build();
        return builder -> builder.factory(
                        JsonFactory.builder().streamReadConstraints(constraints).build())
                .featuresToEnable(
                        JsonParser.Feature.STRICT_DUPLICATE_DETECTION,
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .featuresToDisable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit() {
        FilterRegistrationBean<BodyLimitFilter> filter = new FilterRegistrationBean<>(new BodyLimitFilter());
        filter.addUrlPatterns(
                "/api/*",
                "/credentials/*",
                "/operations/*",
                "/incidents/*",
                "/users/*",
                "/password",
                "/unmanaged-accounts/*",
                "/programs/*",
                "/processes/*",
                "/configuration/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    RequestRejectedHandler refusedByTheFirewall() {
        return (request, response, reason) ->
                ProblemWriter.refusePath(request, response, HttpServletResponse.SC_BAD_REQUEST);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> refusedByTheContainer() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
            }
        });
    }

    @Bean
    OpenAPI apiDescription() {
        return new OpenAPI()
                .info(new Info()
                        .title("Lockstep")
                        .version("v1")
                        .description(
                                "Credentials, their versions and operations. No answer ever holds a credential's secret. Errors are"
                                        + " `application/problem+json` (RFC 9457); `field` names what was malformed, `code` is a"
                                        + " failure code of the runbook."))
                .components(new Components()
                        .addSecuritySchemes(
                                "basic",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("basic")
                                        .description("user and password; people in a browser log in at /login")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }
}
