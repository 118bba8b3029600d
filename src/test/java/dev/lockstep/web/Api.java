package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the REST API as one visitor sees them. */
record Api(Visitor visitor) {

    private static final ObjectMapper JSON = new ObjectMapper();

    JsonNode get(String path) {
        HttpResponse<String> answer = visitor.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(contentType(answer)).isEqualTo("application/json");
        return json(answer);
    }

    JsonNode find(String path, String name) {
        for (JsonNode item : get(path).at("/items")) {
            if (item.at("/name").asText().equals(name)) {
                return item;
            }
        }
        throw new AssertionError(name + " is not listed at " + path);
    }

    /** Checks that an answer is a refusal in the form of RFC 9457, and gives it back. */
    JsonNode refused(HttpResponse<String> answer, int status, @Nullable String field) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(contentType(answer)).startsWith("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/title").asText()).isNotBlank();
        if (field != null) {
            assertThat(problem.at("/field").asText()).as(answer.body()).isEqualTo(field);
            assertThat(problem.at("/detail").asText()).isNotBlank();
        }
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("\tat ");
        return problem;
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + answer.body(), e);
        }
    }

    static long number(JsonNode operation) {
        return Long.parseLong(operation.at("/id").asText().substring(3));
    }

    private static String contentType(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("none");
    }
}
