package dev.lockstep.notify.webhook;

import dev.lockstep.domain.InvalidInput;
import dev.lockstep.domain.OutboundRules;
import java.net.URI;
import java.net.URISyntaxException;

/** Where a webhook may be sent: over TLS, or within this machine; never to a metadata service. */
record Address(URI uri) {

    /** @throws InvalidInput when no request may be sent there; a name is not looked up yet */
    static Address of(String text, OutboundRules outbound) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused("url is no address of the form https://host/path");
        }
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            throw refused("url is of the form https://host/path, without user and fragment");
        }
        boolean local = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && local)) {
            throw refused("url begins with https://");
        }
        outbound.objectionToHost(host).ifPresent(why -> {
            throw refused("the host of url " + why);
        });
        return new Address(uri);
    }

    private static InvalidInput refused(String why) {
        return new InvalidInput("url", why);
    }
}
