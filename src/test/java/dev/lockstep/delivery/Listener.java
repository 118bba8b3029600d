package dev.lockstep.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that listens to events. */
final class Listener implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<Stream<String>> answer;
    private final List<String> lines = new ArrayList<>();
    private volatile boolean ended;

    private Listener(HttpResponse<Stream<String>> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError("no stream: " + answer);
        }
        this.answer = answer;
        Thread thread = new Thread(this::listen, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the answer has begun. */
    static Listener at(int port, String token) {
        return at(port, token, "");
    }

    /**
     * One that has listened before.
     *
     * @param last the id of the event that it got last; empty for none
     */
    static Listener at(int port, String token, String last) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
                .header("X-Vault-Token", token);
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        try {
            return new Listener(HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), BodyHandlers.ofLines()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void listen() {
        try (Stream<String> all = answer.body()) {
            all.forEach(this::add);
        } catch (UncheckedIOException | IllegalStateException gone) {
            // It has ended in the middle, or before the first line.
        }
        ended = true;
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
        }
    }

    HttpResponse<?> answer() {
        return answer;
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    boolean ended() {
        return ended;
    }

    /** The id that it would come back with; empty before the first. */
    String lastId() {
        return lines().stream()
                .filter(line -> line.startsWith("id: "))
                .reduce("", (before, line) -> line.substring("id: ".length()));
    }

    /** Each as its sort, the name and the number, when nothing else is told. */
    List<String> events() {
        List<String> events = new ArrayList<>();
        String sort = "";
        for (String line : lines()) {
            if (line.startsWith("event: ")) {
                sort = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(sort + ' ' + told(line.substring("data: ".length())));
            }
        }
        return events;
    }

    private static String told(String data) {
        try {
            JsonNode json = JSON.readTree(data);
            return json.size() == 2
                    ? json.path("credential").asText()
                            + ' '
                            + json.path("version").asInt()
                    : data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
