package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.Health;
import dev.lockstep.domain.OperationStatus;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Target;
import dev.lockstep.port.TargetAdapter;
import dev.lockstep.testing.TestClock;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.availability.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.availability.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.jdbc.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.servlet.ServletManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.filter.OncePerRequestFilter;

@SpringBootTest(
        classes = HealthTest.Server.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:health-test;DB_CLOSE_DELAY=-1",
            "spring.datasource.username=sa",
            "spring.datasource.password="
        })
@AutoConfigureObservability(tracing = false)
@DirtiesContext
class HealthTest {

    private static final String USER = "X-Test-User";

    @ImportAutoConfiguration({
        ApplicationAvailabilityAutoConfiguration.class,
        AvailabilityHealthContributorAutoConfiguration.class,
        AvailabilityProbesAutoConfiguration.class,
        CompositeMeterRegistryAutoConfiguration.class,
        DataSourceAutoConfiguration.class,
        DataSourceHealthContributorAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        EnvironmentEndpointAutoConfiguration.class,
        HealthContributorAutoConfiguration.class,
        HealthEndpointAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ManagementContextAutoConfiguration.class,
        MetricsAutoConfiguration.class,
        PrometheusMetricsExportAutoConfiguration.class,
        ServletManagementContextAutoConfiguration.class,
        ServletWebServerFactoryAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @Import({TestBeans.class, Login.class})
    static class Server {}

    /** Believes whoever says who they are. */
    static class Login extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            String user = request.getHeader(USER);
            Principal principal = () -> user;
            chain.doFilter(
                    user == null
                            ? request
                            : new HttpServletRequestWrapper(request) {
                                @Override
                                public Principal getUserPrincipal() {
                                    return principal;
                                }
                            },
                    response);
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private FakeStore store;

    @Autowired
    private FakeTarget.Disabling target;

    @Autowired
    private TargetAdapter targets;

    @Autowired
    private TestBeans.Ledger ledger;

    @Autowired
    private TestClock clock;

    @BeforeEach
    void allIsWell() {
        store.health = new Health(true, "fine");
        target.failure = secret -> null;
        ledger.original().operations.clear();
        targets.open(Samples.TARGET).verify(Samples.ACCOUNT, SecretValue.of("some-secret"));
        clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void all_well_is_up() throws Exception {
        assertThat(status("/health")).isEqualTo("200 UP");
        assertThat(status("/health/liveness")).isEqualTo("200 UP");
        assertThat(status("/health/readiness")).isEqualTo("200 UP");
    }

    @Test
    void a_target_that_is_down_degrades_health_but_not_readiness() throws Exception {
        target.failure = secret -> new RetryableException(FailureCode.TARGET_UNREACHABLE, "no answer");
        Target opened = targets.open(Samples.TARGET);
        assertThat(catchThrowable(() -> opened.verify(Samples.ACCOUNT, SecretValue.of("some-secret"))))
                .isNotNull();

        assertThat(status("/health")).isEqualTo("200 DEGRADED");
        assertThat(status("/health/readiness")).isEqualTo("200 UP");
        assertThat(json("/health", "auditor")
                        .at("/components/targets/details/orders-db")
                        .asText())
                .isEqualTo("target-unreachable since " + clock.instant());
    }

    @Test
    void a_node_without_its_store_is_not_ready_but_alive() throws Exception {
        store.health = new Health(false, "the key is missing");

        assertThat(status("/health/readiness")).isEqualTo("503 DOWN");
        assertThat(status("/health/liveness")).isEqualTo("200 UP");
    }

    @Test
    void a_quarantined_operation_degrades_health_and_is_named() throws Exception {
        ledger.original()
                .operations
                .add(Samples.operation(17, OperationStatus.QUARANTINED, FailureCode.INTERNAL_ERROR, clock.instant()));

        assertThat(status("/health")).isEqualTo("200 DEGRADED");
        assertThat(json("/health", "auditor")
                        .at("/components/dispatch/details/operations/0")
                        .asText())
                .isEqualTo("op-17");
    }

    @Test
    void details_are_for_those_who_logged_in() throws Exception {
        assertThat(json("/health", null).has("components")).isFalse();
        assertThat(json("/health/readiness", null).has("components")).isFalse();
        assertThat(json("/health/readiness", "auditor")
                        .at("/components/stores/details/vault")
                        .asText())
                .isEqualTo("up: fine");
    }

    @Test
    void probes_do_not_hammer_the_store() throws Exception {
        int before = store.healthChecks;

        status("/health/readiness");
        status("/health/readiness");
        status("/health");

        assertThat(store.healthChecks).isEqualTo(before + 1);
    }

    @Test
    void the_endpoint_for_prometheus_is_exposed_and_others_are_not() throws Exception {
        assertThat(get("/prometheus", null).statusCode()).isEqualTo(200);
        assertThat(get("/prometheus", null).body()).contains("lockstep_dispatch_backlog");
        assertThat(get("/env", null).statusCode()).isEqualTo(404);
    }

    private String status(String path) throws Exception {
        return get(path, null).statusCode() + " "
                + json(path, null).path("status").asText();
    }

    private JsonNode json(String path, @Nullable String user) throws Exception {
        return new ObjectMapper().readTree(get(path, user).body());
    }

    private HttpResponse<String> get(String path, @Nullable String user) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path));
        if (user != null) {
            request.header(USER, user);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
