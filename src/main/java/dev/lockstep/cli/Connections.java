package dev.lockstep.cli;

import java.net.URI;
import java.net.http.HttpClient;

/** Opens what a profile tells of. */
final class Connections {

    private Connections() {}

    static Api api(Terminal terminal, Profile profile) {
        String server = profile.server();
        if (server == null) {
            throw CliException.usage("It is not known which server is meant: use lockstep login --server URL, or give"
                    + " --server or LOCKSTEP_SERVER.");
        }
        URI uri = Addresses.parse("server", server);
        if (Addresses.readableOnTheWay(uri) && !profile.allowHttp()) {
            throw CliException.usage("The address " + uri + " is not https, so the login could be read on the way;"
                    + " --allow-http sends it all the same.");
        }
        HttpClient http = Https.client(terminal, profile.proxy(), profile.caFile());
        return new Api(
                uri, http, new Login(terminal, profile, () -> new OidcTokens(new OidcClient(http), terminal.clock())));
    }
}
