package dev.lockstep.web;

import dev.lockstep.port.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.HandlerMapping;

/** Tells every page who looks at it, so that it offers only what that person may do. */
@ControllerAdvice(
        assignableTypes = {
            StatusPage.class,
            CredentialPage.class,
            RotatePage.class,
            RequestPage.class,
            DecommissionPage.class,
            OperationPages.class,
            UnmanagedPages.class,
            ProcessPages.class,
            ConfigurationPages.class,
            TryProcessPage.class,
            RunbookPage.class,
            IncidentPages.class,
            ReportLeakPage.class,
            UserPages.class,
            AccessReviewPage.class,
            DrillPages.class,
            BeginDrillPage.class,
            ForecastPage.class
        })
class PageViewer {

    private static final String[] ENGINE_ROLES = {
        "OPERATOR", "APPROVER", "SECURITY", "AUDITOR", "DESIGNER", "ADMINISTRATOR"
    };

    /**
     * Who looks at a page.
     *
     * @param operator may start and roll back rotations, of the page's credential where there is one
     * @param reporter may report leaks, as above
     * @param designer may try out and roll out processes
     * @param engine may open Tasklist and Cockpit
     * @param administrator may add and change users
     */
    record Viewer(
            String name, boolean operator, boolean reporter, boolean designer, boolean engine, boolean administrator) {}

    @ModelAttribute("viewer")
    Viewer viewer(HttpServletRequest request) {
        return new Viewer(
                String.valueOf(request.getRemoteUser()),
                operates(request),
                operates(request) || request.isUserInRole("SECURITY"),
                request.isUserInRole("DESIGNER") || request.isUserInRole("ADMINISTRATOR"),
                Stream.of(ENGINE_ROLES).anyMatch(request::isUserInRole),
                request.isUserInRole("ADMINISTRATOR"));
    }

    private static boolean operates(HttpServletRequest request) {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path)
                || !(path.get("environment") instanceof String environment)) {
            return request.isUserInRole("OPERATOR");
        }
        return request.getUserPrincipal() instanceof Authentication login
                && login.getPrincipal() instanceof SignedIn user
                && user.operates(environment);
    }
}
