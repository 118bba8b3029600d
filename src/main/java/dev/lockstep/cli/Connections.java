package dev.lockstep.cli;

import java.net.URI;
import java.net.http.HttpClient;

/** Opens what a profile tells of. */
final class Connections {

    private Connections() {}

    static Api api(Terminal terminal, Profile profile) {
        HttpClient http = Https.client(terminal, profile.proxy(), profile.caFile());
        return new Api(
                server(profile),
                http,
                new Login(terminal, profile, () -> new OidcTokens(new OidcClient(http), terminal.clock())));
    }

    /** Of somebody who is not logged in yet. */
    static Api anonymous(Terminal terminal, Profile profile) {
        return new Api(server(profile), Https.client(terminal, profile.proxy(), profile.caFile()), () -> "");
    }

    private static URI server(Profile profile) {
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
        return uri;
    }
}
