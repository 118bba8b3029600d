package dev.lockstep.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** The usual strict firewall, which lets one more verb in where programs read secrets. */
final class ListingFirewall implements HttpFirewall {

    private static final String READS = "/v1/";

    private final StrictHttpFirewall usual = new StrictHttpFirewall();
    private final StrictHttpFirewall reads = new StrictHttpFirewall();

    ListingFirewall() {
        Collection<String> verbs = Stream.of(
                        List.of("LIST"),
                        Stream.of(HttpMethod.values()).map(HttpMethod::name).toList())
                .flatMap(List::stream)
                .toList();
        reads.setAllowedHttpMethods(verbs);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        boolean reading = request.getRequestURI().startsWith(request.getContextPath() + READS);
        return (reading ? reads : usual).getFirewalledRequest(request);
    }

    @Override
    public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
        return usual.getFirewalledResponse(response);
    }
}
