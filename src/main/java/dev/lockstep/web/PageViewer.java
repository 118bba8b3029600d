package dev.lockstep.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who looks at it, so that it offers only what that person may do. */
@ControllerAdvice(
        assignableTypes = {
            StatusPage.class,
            CredentialPage.class,
            RotatePage.class,
            OperationPages.class,
            RunbookPage.class,
            IncidentPages.class,
            ReportLeakPage.class
        })
class PageViewer {

    private static final String[] ENGINE_ROLES = {
        "OPERATOR", "APPROVER", "SECURITY", "AUDITOR", "DESIGNER", "ADMINISTRATOR"
    };

    /**
     * Who looks at a page.
     *
     * @param operator may start and roll back rotations
     * @param reporter may report leaks
     * @param engine may open Tasklist and Cockpit
     */
    record Viewer(String name, boolean operator, boolean reporter, boolean engine) {}

    @ModelAttribute("viewer")
    Viewer viewer(HttpServletRequest request) {
        return new Viewer(
                String.valueOf(request.getRemoteUser()),
                request.isUserInRole("OPERATOR"),
                request.isUserInRole("OPERATOR") || request.isUserInRole("SECURITY"),
                Stream.of(ENGINE_ROLES).anyMatch(request::isUserInRole));
    }
}
