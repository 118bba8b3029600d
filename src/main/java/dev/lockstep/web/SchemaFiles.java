package dev.lockstep.web;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Offers the JSON Schemas of the configuration to editors, as they are checked here. */
@Configuration(proxyBeanMethods = false)
class SchemaFiles implements WebMvcConfigurer {

    private static final Duration FRESH = Duration.ofMinutes(10);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/schemas/*.json")
                .addResourceLocations("classpath:/schemas/")
                .setCacheControl(CacheControl.maxAge(FRESH));
    }
}
