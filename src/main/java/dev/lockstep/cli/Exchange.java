package dev.lockstep.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/** Sends a request; what keeps it from being answered becomes one sentence and an exit code. */
final class Exchange {

    private Exchange() {}

    /** @param server as people know it */
    static <T> HttpResponse<T> of(HttpClient http, URI server, HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException failure) {
            throw Unreachable.of(server, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.FAILED, "Interrupted.");
        }
    }
}
