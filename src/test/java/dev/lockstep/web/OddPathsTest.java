package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.port.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Names that no name is, over a plain socket, so that no client tidies them up. */
@WebTest
class OddPathsTest {

    private static final String API = "/api/v1/credentials/";
    private static final String LONG = "x".repeat(256);

    private final RawRequest viewer;
    private final RawRequest operator;
    private final Operations operations;

    OddPathsTest(@LocalServerPort int port, @Autowired Operations operations) {
        this.viewer = new RawRequest(port, "viewer");
        this.operator = new RawRequest(port, "operator");
        this.operations = operations;
    }

    static List<String> names() {
        return List.of(
                "prod/shop/postgres/../orders-app",
                "prod/shop/../../../credentials/prod/shop/postgres/orders-app",
                "prod/shop/postgres/%2e%2e",
                "prod/shop/postgres/%2e%2e/orders-app",
                "prod/shop/postgres/%2E%2E%2forders-app",
                "prod/shop/postgres/..;/orders-app",
                "prod/shop/postgres/orders-app;v=1",
                "prod/shop/postgres/orders-app%3b",
                "prod/shop/postgres/./orders-app",
                "prod//shop/postgres/orders-app",
                "prod/shop/postgres/orders%2fapp",
                "prod/shop/postgres/orders%5capp",
                "prod/shop/postgres/orders%252fapp",
                "prod/shop/postgres/orders%00app",
                "prod/shop/postgres/orders%0d%0aSet-Cookie:x=1",
                "prod/shop/postgres/orders%0aapp",
                "prod/shop/postgres/%E2%80%AEppa-sredro",
                "prod/shop/postgres/orders%E2%80%A8app",
                "prod/shop/postgres/orders%7fapp",
                "prod/shop/postgres/orders%FFapp",
                "prod/shop/postgres/orders..app",
                "prod/shop/postgres/ORDERS-APP",
                "prod/shop/postgres/%20orders-app",
                "prod/shop/postgres/-orders-app",
                "prod/shop/postgres/$%7Bjndi:x%7D");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_that_is_none_is_refused_by_its_field_whatever_is_asked_of_it(String name) {
        refused(viewer.send("GET", API + name), "name");
        refused(viewer.send("GET", API + name + "/versions"), "name");
        refused(
                operator.send(
                        "POST",
                        API + name + "/rotations",
                        "Content-Type: application/json\r\nContent-Length: 14\r\n",
                        "{\"reason\":\"x\"}"),
                "name");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_page_of_a_name_that_is_none_is_refused_without_a_look_inside(String name) {
        for (String page : List.of("", "/rotate", "/report-leak", "/decommission")) {
            RawRequest.Answer answer = operator.send("GET", "/credentials/" + name + page, "Accept: text/html\r\n", "");

            assertThat(answer.status()).as(page).isIn(400, 403, 404);
            assertThat(answer.body())
                    .doesNotContain("Exception")
                    .doesNotContain("at dev.lockstep")
                    .doesNotContain("Tomcat");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "..%2f", "%0d%0aX-Injected:%20yes", "%E2%80%AEx", "%FF"})
    void filters_that_are_odd_find_nothing_or_are_refused(String text) {
        for (String path : List.of(
                "/api/v1/credentials?q=",
                "/api/v1/credentials?environment=",
                "/api/v1/credentials?sort=",
                "/?q=",
                "/unmanaged-accounts/one?target=x&principal=")) {
            RawRequest.Answer answer = operator.send("GET", path + text);

            assertThat(answer.status()).as(path).isIn(200, 400, 404);
            assertThat(answer.head()).doesNotContain("X-Injected");
            assertThat(answer.body()).doesNotContain("Exception").doesNotContain("Tomcat");
        }
    }

    @Test
    void a_name_of_256_characters_is_refused_by_its_field() {
        refused(viewer.send("GET", API + "prod/shop/postgres/" + LONG), "name");
        refused(viewer.send("GET", API + LONG + "/shop/postgres/app"), "name");
    }

    /** What is no HTTP is refused while the request line is read: there is no path yet that could be named. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\u0007b", "\u00e2\u0080\u00ae", "a\"b", "a<b>", "a\\b", "a|b"})
    void bytes_that_no_request_line_may_hold_are_refused(String name) {
        RawRequest.Answer answer = viewer.send("GET", API + "prod/shop/postgres/" + name);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("Tomcat");
    }

    @Test
    void a_line_feed_in_a_name_does_not_add_a_header() {
        RawRequest.Answer answer = viewer.send("GET", API + "prod/shop/postgres/a%0d%0aX-Injected:%20yes");

        assertThat(answer.head()).doesNotContain("X-Injected");
        assertThat(answer.body()).doesNotContain("X-Injected");
    }

    @ParameterizedTest
    @CsvSource({
        "op-0, 400",
        "op-, 400",
        "-1, 400",
        "1e3, 400",
        "op-99999999999999999999, 400",
        "%00, 400",
        "..%2f, 400",
        "op-17;x, 400",
        "%E2%80%AE7, 400",
        "op-999999999, 404"
    })
    void an_operation_that_is_none_is_refused(String id, int status) {
        RawRequest.Answer answer = viewer.send("GET", "/api/v1/operations/" + id);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.head()).contains("application/problem+json");
        if (status == 400) {
            assertThat(answer.body()).contains("\"field\":\"id\"");
        }
    }

    @Test
    void nothing_of_all_this_made_an_operation() {
        int before = operations.active(1000).size();

        operator.send(
                "POST",
                API + "prod/shop/postgres/%2e%2e/rotations",
                "Content-Type: application/json\r\nContent-Length: 14\r\n",
                "{\"reason\":\"x\"}");

        assertThat(operations.active(1000)).hasSize(before);
    }

    private static void refused(RawRequest.Answer answer, String field) {
        assertThat(answer.status()).as(answer.head()).isEqualTo(400);
        assertThat(answer.head()).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"status\":400")
                .contains("\"field\":\"" + field + "\"")
                .contains("\"detail\":")
                .doesNotContain("Exception");
    }
}
