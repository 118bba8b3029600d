package dev.lockstep.access;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.web.servlet.handler.HandlerMappingIntrospector;

/**
 * Spring Security looks up the handler of each request before its rules are asked, among all routes. Below {@code /v1}
 * there is none to find, and looking would cost more than the whole answer of a read; so it is left out there.
 */
final class HandlerLookups implements BeanPostProcessor, ApplicationContextAware {

    private @Nullable ApplicationContext context;

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!bean.getClass().equals(HandlerMappingIntrospector.class)) {
            return bean;
        }
        BesideReads sparing = new BesideReads();
        sparing.setApplicationContext(Objects.requireNonNull(context));
        sparing.afterPropertiesSet();
        return sparing;
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getRequestURI().startsWith(request.getContextPath() + "/v1/");
    }

    /** Looks nothing up ahead for reads; whoever asks is answered as always. */
    private static final class BesideReads extends HandlerMappingIntrospector {

        @Override
        public Filter createCacheFilter() {
            Filter lookUp = super.createCacheFilter();
            return (request, response, chain) -> {
                if (request instanceof HttpServletRequest http && isRead(http)) {
                    chain.doFilter(request, response);
                } else {
                    lookUp.doFilter(request, response, chain);
                }
            };
        }
    }
}
