package dev.lockstep.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Canary;
import dev.lockstep.domain.Health;
import dev.lockstep.outbound.OutboundConfiguration;
import dev.lockstep.outbound.OutboundHttp;
import dev.lockstep.outbound.OutboundRefused;
import dev.lockstep.port.HealthProbes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;

/** Asks over HTTP: follows no redirect, waits a few seconds at most, and reads no more than a bounded answer. */
@Component
@Import(OutboundConfiguration.class)
class WebHealthProbes implements HealthProbes {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutboundHttp http;

    WebHealthProbes(OutboundHttp http) {
        this.http = http;
    }

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
        try {
            OutboundHttp.Answer answer = http.get(url, TIMEOUT, MOST);
            return new Answer(answer.status(), answer.body(), "");
        } catch (OutboundRefused refused) {
            return new Answer(0, "", "was not asked: " + refused.getMessage());
        } catch (IOException e) {
            return new Answer(0, "", "did not answer within " + TIMEOUT.toSeconds() + " s");
        }
    }

    /**
     * @param status 0 when there was no answer in time
     * @param silence why there was none; empty when there was one
     */
    private record Answer(int status, String body, String silence) {

        String words() {
            return silence.isEmpty() ? "answered " + status : silence;
        }
    }
}
