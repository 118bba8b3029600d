package dev.lockstep.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Affected;
import dev.lockstep.domain.AuditEvent;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.Incident;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.domain.Signal;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Incidents;
import dev.lockstep.port.People;
import dev.lockstep.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/** People whose roles are for one team or environment look at everything that lists several. */
@WebTest
class LimitedReadersTest {

    private static final List<String> SEEDED = List.of(Samples.FREE, Samples.FINE, Samples.OVERDUE);
    private static final AtomicLong DELIVERIES = new AtomicLong();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "my own long password";

    /** Who, and what of the samples their roles reach. */
    private static final Map<String, List<String>> PEOPLE = Map.of(
            "pay.vera", List.of("viewer@prod/pay", "auditor@prod/pay", "security@prod/pay"),
            "pay.everywhere", List.of("viewer@*/pay"),
            "stage.vera", List.of("viewer@stage", "auditor@stage"));

    private final int port;
    private final People people;
    private final AuditTrail trail;
    private final Incidents incidents;
    private final Drills drills;
    private final TransactionTemplate transaction;

    LimitedReadersTest(
            @LocalServerPort int port,
            @Autowired People people,
            @Autowired AuditTrail trail,
            @Autowired Incidents incidents,
            @Autowired Drills drills,
            @Autowired TransactionTemplate transaction) {
        this.port = port;
        this.people = people;
        this.trail = trail;
        this.incidents = incidents;
        this.drills = drills;
        this.transaction = transaction;
    }

    @AfterEach
    void no_drill_runs() {
        for (String name : SEEDED) {
            drills.running(CredentialName.of(name))
                    .ifPresent(drill -> drills.end(drill.id(), Drill.Result.CANCELLED, Drill.State.CLOSED, "test"));
        }
    }

    @BeforeEach
    void people_with_limits() {
        PEOPLE.forEach((id, roles) -> {
            if (people.find(id).isEmpty()) {
                try (SecretValue first = people.add("test", id, "Vera", roles);
                        SecretValue next = SecretValue.of(PASSWORD)) {
                    people.replacePassword(id, first, next);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"pay.vera, prod/pay/", "pay.everywhere, prod/pay/", "stage.vera, stage/"})
    void the_inventory_and_its_count_end_at_the_limit(String who, String prefix) {
        JsonNode page = json(who, "/api/v1/credentials?size=500");

        assertThat(page.path("items"))
                .isNotEmpty()
                .allSatisfy(item -> assertThat(item.path("name").asText()).startsWith(prefix));
        assertThat(page.path("totalItems").asInt()).isEqualTo(page.path("items").size());
        assertThat(json(who, "/api/v1/credentials?q=orders-app").toString())
                .doesNotContain(prefix.startsWith("stage") ? "prod/" : "shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/forecast",
                "/drills",
                "/incidents",
                "/api/v1/operations?limit=1000",
                "/api/v1/tasks",
                "/api/v1/forecast?days=366&limit=1000",
                "/api/v1/drills",
                "/api/v1/incidents",
                "/api/v1/audit/events?limit=1000"
            })
    void nothing_of_others_is_on_any_list(String path) {
        seed();
        String all = text("administrator", path);
        assertThat(all).as("there would be something").contains("shop/");

        assertThat(text("pay.vera", path))
                .doesNotContain("/shop/")
                .doesNotContain("old/postgres")
                .doesNotContain("test/web")
                .doesNotContain("orders-db");
        if (!path.contains("forecast") && !path.equals("/api/v1/tasks")) {
            assertThat(text("pay.vera", path)).contains("prod/pay/");
        }
    }

    @Test
    void the_numbers_of_the_overview_are_those_of_ones_own() {
        String page = text("stage.vera", "/");

        assertThat(page).contains("stage/shop/postgres/orders-app").doesNotContain("prod/");
        assertThat(page).contains("<strong>1</strong> credentials");
    }

    @ParameterizedTest
    @CsvSource({
        "/credentials/prod/pay/postgres/ledger-app, 200",
        "/credentials/prod/shop/postgres/orders-app, 403",
        "/api/v1/credentials/prod/pay/postgres/ledger-app/versions, 200",
        "/api/v1/credentials/prod/shop/postgres/orders-app, 403",
        "/api/v1/credentials/prod/shop/postgres/orders-app/versions, 403",
        "/api/v1/credentials/prod/shop/postgres/orders-app/policy, 403",
        "/api/v1/audit/evidence?credential=prod/pay/postgres/ledger-app, 200",
        "/api/v1/audit/evidence?credential=prod/shop/postgres/orders-app, 403",
        "/api/v1/audit/evidence.html?credential=prod/shop/postgres/orders-app, 403",
        "/api/v1/audit/evidence?control=pci-dss-8.6.3, 403",
        "/api/v1/audit/verification, 403",
        "/actuator/prometheus, 403",
        "/api/v1/configuration, 403",
        "/api/v1/identities, 403",
        "/api/v1/operations/999999999, 403"
    })
    void what_is_of_others_or_of_all_is_refused(String path, int status) {
        assertThat(answer("pay.vera", path).statusCode()).isEqualTo(status);
    }

    @Test
    void an_incident_of_several_shows_the_own_part_only() {
        String id = seed().label();

        JsonNode own = json("pay.vera", "/api/v1/incidents/" + id);
        assertThat(own.path("credentials")).hasSize(1);
        assertThat(own.toString()).contains(Samples.CONTAINED).doesNotContain("/shop/");
        assertThat(text("pay.vera", "/incidents/" + id)).doesNotContain("/shop/");
        assertThat(json("administrator", "/api/v1/incidents/" + id).path("credentials"))
                .hasSize(2);
        assertThat(answer("stage.vera", "/api/v1/incidents/" + id).statusCode()).isEqualTo(404);
    }

    @Test
    void who_is_limited_by_one_role_reads_all_by_another() {
        assertThat(json("viewer", "/api/v1/credentials?size=500").path("items").toString())
                .contains(Samples.FINE, Samples.ON_DEMAND);
    }

    private Incident seed() {
        return transaction.execute(status -> {
            for (String name : SEEDED) {
                CredentialName credential = CredentialName.of(name);
                if (drills.running(credential).isEmpty()) {
                    drills.open(credential, Drill.Scenario.LEAK, "test", "matrix");
                }
                trail.append(new AuditEvent("test", "target.apply", AuditEvent.Phase.FACT, name, null, Map.of()));
            }
            Incident incident = incidents
                    .open(new Signal(
                            Signal.Source.HUMAN,
                            "limited-" + DELIVERIES.incrementAndGet(),
                            Signal.Kind.LEAK,
                            Signal.Confidence.CONFIRMED,
                            Signal.Exposure.PUBLIC,
                            null,
                            null,
                            "limited-" + DELIVERIES.get(),
                            "sec",
                            "seen in a test",
                            Instant.parse("2026-05-04T12:00:00Z")))
                    .orElseThrow();
            incidents.involve(incident.id(), CredentialName.of(Samples.CONTAINED), Affected.Relation.SAME_VALUE);
            incidents.involve(incident.id(), CredentialName.of(Samples.FINE), Affected.Relation.SAME_VALUE);
            return incident;
        });
    }

    private JsonNode json(String who, String path) {
        try {
            return JSON.readTree(text(who, path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String text(String who, String path) {
        HttpResponse<String> answer = answer(who, path);
        assertThat(answer.statusCode()).as(who + path + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> answer(String who, String path) {
        return new Visitor(port)
                .basic(who, PEOPLE.containsKey(who) ? PASSWORD : Samples.PASSWORD)
                .get(path);
    }
}
