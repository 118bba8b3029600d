package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.access.Role;
import dev.lockstep.access.UserAdministration;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What no route of the API takes, sent to each that takes JSON. */
@WebTest
class BadBodiesTest {

    private static final AtomicBoolean KNOWN = new AtomicBoolean();
    private static final Set<String> OTHERS =
            Set.of("/api/v1/hooks/{source}", "/api/v1/signals/reports", "/api/v1/inventory/import");
    private static final String EVERYTHING = "everything";

    private final Api api;
    private final RawRequest raw;

    BadBodiesTest(@LocalServerPort int port, @Autowired UserAdministration users) {
        if (KNOWN.compareAndSet(false, true)) {
            users.create("test", EVERYTHING, "All roles", SecretValue.of(Samples.PASSWORD), Set.of(Role.values()));
        }
        this.api = new Api(new Visitor(port).basic(EVERYTHING, Samples.PASSWORD));
        this.raw = new RawRequest(port, EVERYTHING);
    }

    /** A route of the description, with something in place of each variable. */
    private record Route(String method, String path) {}

    @TestFactory
    Stream<DynamicTest> each_route_refuses_json_that_is_nested_ten_thousand_deep() {
        return routes().map(route -> DynamicTest.dynamicTest(route.toString(), () -> {
            HttpResponse<String> answer = api.visitor()
                    .json(route.method(), route.path(), "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000));

            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413);
            api.refused(answer, answer.statusCode(), "body");
        }));
    }

    @TestFactory
    Stream<DynamicTest> each_route_refuses_a_field_that_is_there_twice() {
        return routes().map(route -> DynamicTest.dynamicTest(
                route.toString(),
                () -> api.refused(
                        api.visitor().json(route.method(), route.path(), "{\"a\":\"1\",\"a\":\"2\"}"),
                        400,
                        route.path().equals("/api/v1/plans") ? "body" : "a")));
    }

    @TestFactory
    Stream<DynamicTest> each_route_refuses_fifty_megabytes_before_it_reads_them() {
        return routes().map(route -> DynamicTest.dynamicTest(route.toString(), () -> {
            RawRequest.Answer answer = raw.send(
                    route.method(),
                    route.path(),
                    "Content-Type: application/json\r\nContent-Length: 52428800\r\n",
                    "{\"a\":\"");

            assertThat(answer.status()).as(answer.body()).isEqualTo(413);
            assertThat(answer.head()).contains("application/problem+json");
            assertThat(answer.body()).contains("\"field\":\"body\"").doesNotContain("Exception");
        }));
    }

    /** Without those that take lists and reports as they come: what reads them there has tests of its own. */
    private Stream<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path :
                api.get("/v3/api-docs").at("/paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                boolean json = method.getValue().at("/requestBody/content").has("application/json");
                if (json && !OTHERS.contains(path.getKey())) {
                    routes.add(new Route(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey().replaceAll("\\{[^}]+}", "1")));
                }
            }
        }
        assertThat(routes).hasSizeGreaterThan(15);
        return routes.stream();
    }
}
