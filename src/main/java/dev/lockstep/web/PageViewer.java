package dev.lockstep.web;

import dev.lockstep.domain.Area;
import dev.lockstep.port.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.BiPredicate;
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
            ImportScanPage.class,
            UserPages.class,
            ProgramPages.class,
            SessionsPage.class,
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
     * @param auditor may read the audit trail
     * @param administrator may add and change users
     */
    record Viewer(
            String name,
            boolean operator,
            boolean reporter,
            boolean designer,
            boolean engine,
            boolean auditor,
            boolean administrator) {}

    @ModelAttribute("viewer")
    Viewer viewer(HttpServletRequest request) {
        return new Viewer(
                String.valueOf(request.getRemoteUser()),
                may(request, "OPERATOR", SignedIn::operates),
                may(request, "OPERATOR", SignedIn::responds) || may(request, "SECURITY", SignedIn::responds),
                request.isUserInRole("DESIGNER") || request.isUserInRole("ADMINISTRATOR"),
                Stream.of(ENGINE_ROLES).anyMatch(request::isUserInRole),
                request.isUserInRole("AUDITOR") || request.isUserInRole("ADMINISTRATOR"),
                request.isUserInRole("ADMINISTRATOR"));
    }

    private static boolean may(HttpServletRequest request, String role, BiPredicate<SignedIn, Area> there) {
        if (!(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> path)
                || !(path.get("environment") instanceof String environment)
                || !(path.get("team") instanceof String team)) {
            return request.isUserInRole(role);
        }
        return request.getUserPrincipal() instanceof Authentication login
                && login.getPrincipal() instanceof SignedIn user
                && Area.isSegment(environment)
                && Area.isSegment(team)
                && there.test(user, new Area(environment, team));
    }
}
