package dev.lockstep.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Health;
import dev.lockstep.port.HealthProbes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Asks over HTTP: follows no redirect, waits a few seconds at most, and reads no more than a bounded answer. */
@Component
class WebHealthProbes implements HealthProbes {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    @Override
    public Duration timeout() {
        return TIMEOUT.plusSeconds(1);
    }

    @Override
    public Health ask(Canary.Probe probe) {
        return switch (probe.kind()) {
            case HTTP -> page(probe.url());
            case PROMETHEUS -> query(probe);
        };
    }

    private Health page(URI url) {
        Answer answer = get(url);
        boolean well = answer.status() >= 200 && answer.status() <= 299;
        return new Health(well, "the health page " + url + " " + answer.words());
    }

    /** The HTTP API of Prometheus: {@code GET /api/v1/query}; see its documentation under "Instant queries". */
    private Health query(Canary.Probe probe) {
        String encoded = URLEncoder.encode(probe.query(), StandardCharsets.UTF_8);
        String base = probe.url().toString().replaceAll("/+$", "");
        Answer answer = get(URI.create(base + "/api/v1/query?query=" + encoded));
        String who = "Prometheus at " + probe.url() + " ";
        if (answer.status() != 200) {
            return new Health(false, who + answer.words());
        }
        try {
            JsonNode result = JSON.readTree(answer.body()).path("data").path("result");
            if (!result.isArray()) {
                return new Health(false, who + "answered something that is no result of a query");
            }
            return new Health(
                    result.isEmpty(), who + "gives " + result.size() + " result(s) for the query of the canary");
        } catch (JsonProcessingException e) {
            return new Health(false, who + "answered something that is no JSON");
        }
    }

    private Answer get(URI url) {
        Future<Answer> answer = client.sendAsync(
                        HttpRequest.newBuilder(url).timeout(TIMEOUT).GET().build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(WebHealthProbes::read);
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NONE;
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return Answer.NONE;
        }
    }

    private static Answer read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return new Answer(response.statusCode(), new String(body.readNBytes(MOST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Answer.NONE;
        }
    }

    /** @param status 0 when there was no answer in time */
    private record Answer(int status, String body) {

        static final Answer NONE = new Answer(0, "");

        String words() {
            return status == 0 ? "did not answer within " + TIMEOUT.toSeconds() + " s" : "answered " + status;
        }
    }
}
