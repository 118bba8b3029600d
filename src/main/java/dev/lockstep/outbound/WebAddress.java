package dev.lockstep.outbound;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a request may be sent to: over TLS, or within this machine; never to a metadata service. */
public record WebAddress(URI uri) {

    /**
     * @param field the setting that says so
     * @throws InvalidInput when no request may be sent there; a name is not looked up yet
     */
    public static WebAddress of(String field, String text, OutboundRules outbound) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new InvalidInput(field, field + " is no address of the form https://host/path");
        }
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw new InvalidInput(field, field + " is of the form https://host/path, without user and fragment");
        }
        boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && local)) {
            throw new InvalidInput(field, field + " begins with https://");
        }
        outbound.objectionToHost(host).ifPresent(why -> {
            throw new InvalidInput(field, "the host of " + field + ' ' + why);
        });
        return new WebAddress(uri);
    }
}
