package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.testing.Visitor;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
class ForecastTest {

    private final Visitor visitor;
    private final Api api;
    private final Visitor person;

    ForecastTest(@LocalServerPort int port) {
        this.visitor = new Visitor(port).basic("viewer", Samples.PASSWORD);
        this.api = new Api(visitor);
        this.person = new Visitor(port).browser();
        person.logIn("viewer", Samples.PASSWORD);
    }

    @Test
    void the_forecast_tells_what_rotates_when_and_at_which_target() {
        JsonNode forecast = api.get("/api/v1/forecast?days=10");

        assertThat(forecast.at("/whole").asBoolean()).isTrue();
        assertThat(forecast.at("/rotations").asLong()).isGreaterThan(30);
        assertThat(forecast.at("/next").toString()).contains(Samples.FINE).doesNotContain(Samples.CONTAINED);
        for (JsonNode target : forecast.at("/targets")) {
            int sum = 0;
            for (JsonNode slot : target.at("/slots")) {
                Instant at = Instant.parse(slot.at("/at").asText());
                assertThat(at).isEqualTo(at.truncatedTo(ChronoUnit.HOURS));
                sum += slot.at("/rotations").asInt();
            }
            assertThat(sum).isEqualTo(target.at("/rotations").asInt());
        }
        assertThat(api.get("/api/v1/forecast?days=10&by=day&limit=0").at("/next"))
                .isEmpty();
    }

    @Test
    void the_forecast_can_be_about_some_credentials_only() {
        JsonNode orders = api.get("/api/v1/forecast?days=10&target=orders-db");
        JsonNode nobody = api.get("/api/v1/forecast?days=10&environment=nowhere&owner=nobody&policy=none");

        assertThat(orders.at("/targets")).hasSize(1);
        assertThat(orders.at("/targets/0/target").asText()).isEqualTo("orders-db");
        assertThat(nobody.at("/rotations").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"days=0, days", "days=367, days", "days=x, days", "by=week, by", "limit=1001, limit"})
    void a_question_that_makes_no_sense_is_refused_with_its_field(String query, String field) {
        api.refused(visitor.get("/api/v1/forecast?" + query), 400, field);
    }

    @Test
    void the_page_draws_the_forecast_and_lists_it() {
        String page = person.get("/forecast?days=30").body();

        assertThat(page)
                .contains("<svg")
                .contains("orders-db, ")
                .contains("/credentials/" + Samples.FINE)
                .contains("Busiest hour")
                .contains("href=\"/api/v1/forecast?days=30");
        assertThat(person.get("/forecast?environment=nowhere").body()).contains("Nothing will rotate by itself");
        assertThat(person.get("/forecast?days=1000").statusCode()).isEqualTo(400);
    }
}
