package dev.lockstep.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.LockstepApplication;
import dev.lockstep.domain.Area;
import dev.lockstep.domain.CredentialName;
import dev.lockstep.domain.Drill;
import dev.lockstep.domain.OperationRequest;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.AuditReview;
import dev.lockstep.port.AuditTrail;
import dev.lockstep.port.Drills;
import dev.lockstep.port.Inventory;
import dev.lockstep.port.Operations;
import dev.lockstep.testing.EmptyHouse;
import dev.lockstep.testing.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every route of the whole application, asked for by every role, in the own environment and team and in foreign ones.
 */
@SpringBootTest(
        classes = {LockstepApplication.class, AccessMatrixTest.EachRefusalIsWritten.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:access-matrix",
            "spring.datasource.password=",
            "lockstep.generate-kek=true",
            "lockstep.dispatch=false",
            "lockstep.deploy-models=false",
            "management.prometheus.metrics.export.enabled=true",
            "camunda.bpm.job-execution.enabled=false"
        })
class AccessMatrixTest {

    private static final AccessMatrix MATRIX = AccessMatrix.read(Path.of("src/test/resources/access-matrix.txt"));
    private static final Area OWN = Area.parse("test/shop");
    private static final List<Area> AREAS = List.of(OWN, Area.parse("prod/shop"), Area.parse("test/pay"));
    private static final Map<String, String> NUMBERS = new HashMap<>();

    @TempDir
    private static Path folder;

    private final List<MatrixRoute> routes;
    private final MatrixVisits visits;
    private final AuditReview trail;

    AccessMatrixTest(
            @LocalServerPort int port,
            @Autowired List<RequestMappingInfoHandlerMapping> mappings,
            @Autowired TestClock refusals,
            @Autowired AuditReview trail) {
        this.routes = Stream.concat(mappings.stream().flatMap(MatrixRoute::of), MatrixRoute.unmapped())
                .distinct()
                .sorted()
                .toList();
        this.visits = new MatrixVisits(port, () -> refusals.advance(Duration.ofMinutes(2)));
        this.trail = trail;
    }

    /** Each refusal comes minutes after the one before, so that none is one too many. */
    static class EachRefusalIsWritten {
        @Bean
        TestClock refusalClock() {
            return TestClock.frozenAt("2026-01-01T00:00:00Z");
        }

        @Bean
        @Primary
        RefusalRecord eachRefusal(AuditTrail trail, TransactionTemplate transaction, TestClock refusalClock) {
            return new RefusalRecord(trail, transaction, refusalClock);
        }
    }

    @DynamicPropertySource
    static void directories(DynamicPropertyRegistry registry) throws IOException {
        EmptyHouse.in(folder, registry);
    }

    @BeforeEach
    void people_and_something_of_each_environment(
            @Autowired UserAdministration administration,
            @Autowired Inventory inventory,
            @Autowired Operations operations,
            @Autowired Drills drills) {
        if (!NUMBERS.isEmpty()) {
            return;
        }
        for (Grant grant : MatrixVisits.GRANTS) {
            String id = MatrixVisits.id(grant);
            administration.create("test", id, "Somebody", SecretValue.of(MatrixVisits.PASSWORD), Set.of());
            administration.change("test", id, null, new Grants(List.of(grant)));
        }
        administration.create("test", "nobody", "No role", SecretValue.of(MatrixVisits.PASSWORD), Set.of());
        visits.begin();
        for (Area area : AREAS) {
            CredentialName name = CredentialName.of(area + "/pg/orders");
            inventory.register(name, "orders-db", null);
            OperationRequest request = new OperationRequest(name, "rotation", 0, "test", "matrix");
            NUMBERS.put(
                    "operations/" + area,
                    "" + operations.request(request).orElseThrow().id());
            NUMBERS.put(
                    "drills/" + area,
                    ""
                            + drills.open(name, Drill.Scenario.LEAK, "test", "matrix")
                                    .orElseThrow()
                                    .id());
        }
    }

    @TestFactory
    Stream<DynamicTest> each_route_opens_as_the_table_says_and_each_refusal_is_in_the_trail() {
        return routes.stream().map(route -> DynamicTest.dynamicTest(route.toString(), () -> judge(route)));
    }

    @Test
    void each_line_of_the_table_decides_about_a_route() {
        Set<AccessMatrix.Line> used = routes.stream()
                .flatMap(route -> MATRIX.line(route.method(), route.path(OWN, NUMBERS)).stream())
                .collect(Collectors.toSet());

        assertThat(MATRIX.lines().stream().filter(line -> !used.contains(line)).map(AccessMatrix.Line::text))
                .isEmpty();
    }

    private void judge(MatrixRoute route) {
        AccessMatrix.Line line = MATRIX.line(route.method(), route.path(OWN, NUMBERS))
                .orElseThrow(() -> new AssertionError("no line of access-matrix.txt covers " + route));
        long before = newest();
        String own = route.path(OWN, NUMBERS);
        Map<String, Boolean> expected = new TreeMap<>();
        for (Grant grant : MatrixVisits.GRANTS) {
            expected.put(MatrixVisits.id(grant) + " " + route.method() + " " + own, !line.opensTo(grant, OWN));
            for (Area foreign : grant.limited() ? AREAS : List.of(OWN)) {
                String path = route.path(foreign, NUMBERS);
                expected.put(
                        MatrixVisits.id(grant) + " " + route.method() + " " + path,
                        !line.opensTo(grant, path.equals(own) ? OWN : foreign));
            }
        }
        expected.put("nobody " + route.method() + " " + own, line.open() == AccessMatrix.Open.TO_ROLES);

        Map<String, Boolean> refused = new TreeMap<>(expected);
        refused.replaceAll((request, unknown) -> visits.refused(request));

        assertThat(refused).as("refused by %s", line.text()).isEqualTo(expected);
        assertThat(writtenSince(before))
                .as("in the trail")
                .containsExactlyInAnyOrderElementsOf(
                        expected.keySet().stream().filter(expected::get).toList());
        assertThat(visits.refusedWithoutLogin(route.method(), own))
                .as("without login")
                .isEqualTo(line.open() != AccessMatrix.Open.TO_THE_PUBLIC);
    }

    private long newest() {
        return trail.entries(AuditReview.Filter.ALL, null, 1).stream()
                .mapToLong(AuditReview.Entry::id)
                .findFirst()
                .orElse(0);
    }

    private List<String> writtenSince(long id) {
        return trail.entries(AuditReview.Filter.ALL, null, 200).stream()
                .filter(entry -> entry.id() > id && entry.action().equals("access.refused"))
                .map(entry -> entry.actor() + " " + entry.details().get("method") + " " + entry.subject())
                .toList();
    }
}
