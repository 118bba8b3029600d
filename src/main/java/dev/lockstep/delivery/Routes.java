package dev.lockstep.delivery;

import dev.lockstep.domain.CredentialName;
import java.io.IOException;
import java.util.Optional;

/** Finds the answer to each path and verb. */
final class Routes {

    private static final String SECRET_DATA = KvRoutes.MOUNT + "/data/";
    private static final String SECRET_METADATA = KvRoutes.MOUNT + "/metadata";
    private static final String STATIC = StaticRoutes.MOUNT + "/static-creds/";
    private static final String MOUNTS = "sys/internal/ui/mounts";

    private final Callers callers;
    private final Logins logins;
    private final TokenRoutes tokens;
    private final KvRoutes kv;
    private final StaticRoutes statics;
    private final SystemRoutes system;
    private final EventStreams events;
    private final Acknowledgements acknowledgements;

    Routes(
            Callers callers,
            Logins logins,
            TokenRoutes tokens,
            KvRoutes kv,
            StaticRoutes statics,
            SystemRoutes system,
            EventStreams events,
            Acknowledgements acknowledgements) {
        this.callers = callers;
        this.logins = logins;
        this.tokens = tokens;
        this.kv = kv;
        this.statics = statics;
        this.system = system;
        this.events = events;
        this.acknowledgements = acknowledgements;
    }

    Reply answer(Ask ask) throws IOException {
        return switch (ask.path()) {
            case "sys/health" -> {
                allow(ask.reads() || ask.head());
                yield system.health();
            }
            case "auth/approle/login" -> login("approle", ask);
            case "auth/jwt/login" -> login("jwt", ask);
            case "auth/kubernetes/login" -> login("kubernetes", ask);
            default -> answer(callers.of(ask), ask);
        };
    }

    /** The credential whose value is asked for, as far as the path tells; empty for everything else. */
    static Optional<CredentialName> wanted(Ask ask) {
        String path = ask.path();
        if (path.startsWith(SECRET_DATA)) {
            return CredentialName.find(Wanted.name(path.substring(SECRET_DATA.length())));
        }
        return path.startsWith(STATIC) ? CredentialName.find(path.substring(STATIC.length())) : Optional.empty();
    }

    private Reply login(String method, Ask ask) throws IOException {
        allow(ask.writes());
        return Reply.auth(logins.login(method, ask.body(), ask.from()));
    }

    private Reply answer(Caller caller, Ask ask) throws IOException {
        return switch (ask.path()) {
            case "auth/token/lookup-self" -> {
                allow(ask.reads());
                yield tokens.lookUp(caller, ask);
            }
            case "auth/token/renew-self" -> {
                allow(ask.writes());
                yield tokens.renew(caller, ask);
            }
            case "auth/token/revoke-self" -> {
                allow(ask.writes());
                yield tokens.revoke(caller);
            }
            case "auth/token/create" -> {
                allow(ask.writes());
                yield tokens.create(caller, ask);
            }
            case "events" -> {
                allow(ask.reads());
                events.open(caller, ask);
                yield Reply.events();
            }
            case "events/acknowledgements" -> {
                allow(ask.writes());
                yield acknowledgements.acknowledge(caller, ask);
            }
            case "sys/mounts", MOUNTS -> {
                allow(ask.reads());
                yield system.mounts();
            }
            default -> read(caller, ask);
        };
    }

    private Reply read(Caller caller, Ask ask) {
        String path = ask.path();
        allow(ask.reads() || ask.lists());
        if (path.startsWith(MOUNTS + '/')) {
            return system.mount(path.substring(MOUNTS.length() + 1));
        }
        if (path.equals(SECRET_METADATA) || path.startsWith(SECRET_METADATA + '/')) {
            String below = path.length() > SECRET_METADATA.length() ? path.substring(SECRET_METADATA.length() + 1) : "";
            return ask.lists() ? kv.list(caller, below) : kv.metadata(caller, below);
        }
        if (path.startsWith(SECRET_DATA)) {
            allow(!ask.lists());
            return kv.data(caller, path.substring(SECRET_DATA.length()), ask);
        }
        if (path.startsWith(STATIC)) {
            allow(!ask.lists());
            return statics.credentials(caller, path.substring(STATIC.length()));
        }
        throw Refused.because(404, "there is no such route here");
    }

    private static void allow(boolean verb) {
        if (!verb) {
            throw Refused.method();
        }
    }
}
