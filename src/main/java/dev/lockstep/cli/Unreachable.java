package dev.lockstep.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why a server does not answer, and what to look at. */
final class Unreachable {

    private Unreachable() {}

    static CliException of(URI server, IOException failure) {
        return new CliException(ExitCode.UNREACHABLE, server + " does not answer: " + why(failure));
    }

    private static String why(IOException failure) {
        if (among(failure, UnresolvedAddressException.class) || among(failure, UnknownHostException.class)) {
            return "there is no such host; check the address.";
        }
        if (among(failure, SSLException.class)) {
            return "its certificate is not trusted or does not belong to it; give the authority that signed it with"
                    + " --ca-file.";
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection within 10 seconds; check the address, and the proxy if there is one.";
        }
        if (failure instanceof HttpTimeoutException) {
            return "no answer in time.";
        }
        return among(failure, ConnectException.class)
                ? "nothing listens there; check the address, and the proxy if there is one."
                : "the connection broke off.";
    }

    private static boolean among(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, Unreachable::isThere, Throwable::getCause)
                .anyMatch(kind::isInstance);
    }

    private static boolean isThere(@Nullable Throwable failure) {
        return failure != null;
    }
}
