package dev.lockstep.delivery;

import dev.lockstep.domain.Digests;
import dev.lockstep.domain.Identity;
import dev.lockstep.port.Identities;
import dev.lockstep.port.ReaderTokens;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;

/** Finds out who asks. Each token is looked up for each request, so one that is revoked opens nothing any more. */
final class Callers {

    private static final int LONGEST = 200;

    private final Gathered<Arrivals.Arrival, Arrivals.Found> arrivals;
    private final Identities identities;

    Callers(Gathered<Arrivals.Arrival, Arrivals.Found> arrivals, Identities identities) {
        this.arrivals = arrivals;
        this.identities = identities;
    }

    /** @throws Refused when there is no token, or it is not valid, or not from there */
    Caller of(Ask ask) {
        Arrivals.Found found = arrivals.ask(new Arrivals.Arrival(hash(ask), Routes.wanted(ask)));
        if (found == null) {
            throw Refused.denied();
        }
        return of(found, ask.from()).orElseThrow(Refused::denied);
    }

    /** What the ledger knows the token by. */
    static String hash(Ask ask) {
        String text = ask.token();
        if (!text.startsWith(Secrets.TOKEN) || text.length() > LONGEST) {
            throw Refused.denied();
        }
        return Digests.sha256(text);
    }

    /** Whoever has a valid token; empty when it opens nothing, or not from there. */
    Optional<Caller> of(ReaderTokens.Token token, InetAddress from) {
        return of(new Arrivals.Found(token, Map.of()), from);
    }

    private Optional<Caller> of(Arrivals.Found found, InetAddress from) {
        ReaderTokens.Token token = found.token();
        return identities
                .identity(token.identity())
                .filter(known -> known.login().method().equals(token.method()))
                .filter(known -> mayComeFrom(known, from))
                .map(identity -> new Caller(token, identity, from, found.standing()));
    }

    /** Whether the identity may log in and read from there. */
    static boolean mayComeFrom(Identity identity, InetAddress address) {
        return identity.tokens().networks().isEmpty()
                || identity.tokens().networks().stream().anyMatch(network -> network.contains(address));
    }
}
